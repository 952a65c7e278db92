import type { PlannedTransfer, TransferSide } from "@pacto/contract";
import { bankClient } from "../../banks/client.tsx";
import { amountText } from "../../i18n/amount-text.ts";
import type { Locale } from "../../i18n/locale.ts";
import { holderNames } from "../accounts/account-table.tsx";
import type { BuilderDraft, SideDraft } from "../transfers/builder-draft.ts";

/** A kept transfer as the builder has it; a bank that is away leaves the holder's name out. */
export async function draftOf(transfer: PlannedTransfer, locale: Locale): Promise<BuilderDraft> {
  const { from, to, purpose } = transfer;
  const sides = await Promise.all(
    [...from, ...to].map((side, at) => draftSide(side, String(at + 1), locale)),
  );
  return {
    from: sides.slice(0, from.length),
    to: sides.slice(from.length),
    purpose: purpose ?? "",
    coordinator: "",
  };
}

async function draftSide(side: TransferSide, id: string, locale: Locale): Promise<SideDraft> {
  const { bank, account: number, amountCentavos } = side;
  const holder = await bankClient(bank)
    .accounts.get.query({ number })
    .then(({ account }) => holderNames(account))
    .catch(() => "—");
  return { id, bank, account: { number, holder }, amount: amountText(amountCentavos, locale) };
}
