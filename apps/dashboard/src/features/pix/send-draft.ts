import { readAmount } from "../../components/money-field.tsx";
import type { Locale } from "../../i18n/locale.ts";
import type { PickedAccount } from "../accounts/account-picker.tsx";

/** One more account that pays with the first. */
export interface AlsoPayer {
  readonly bank: string;
  readonly account: PickedAccount | null;
  readonly amount: string;
}

export interface PixDraft {
  readonly bank: string;
  readonly account: PickedAccount | null;
  readonly way: "key" | "code" | "account";
  readonly key: string;
  readonly code: string;
  readonly payeeBank: string;
  readonly payeeAgency: string;
  readonly payeeAccount: string;
  /** As typed; empty where the code says it. */
  readonly amount: string;
  readonly note: string;
  readonly also: readonly AlsoPayer[];
  /** What the payer confirmed, kept so that asking again after a lost answer asks the same. */
  readonly confirmed: {
    readonly bank: string;
    readonly account: string;
    /** Of the first account. */
    readonly ownCentavos: number;
  } | null;
}

export const emptyPix: PixDraft = {
  also: [],
  confirmed: null,
  bank: "",
  account: null,
  way: "key",
  key: "",
  code: "",
  payeeBank: "",
  payeeAgency: "",
  payeeAccount: "",
  amount: "",
  note: "",
};

/** Whom the draft means, as the bank is asked; null while it is incomplete. */
export function targetOf(draft: PixDraft) {
  const [key, code] = [draft.key.trim(), draft.code.trim()];
  if (draft.way === "key") return key === "" ? null : { key };
  if (draft.way === "code") return code === "" ? null : { code };
  const account = draft.payeeAccount.trim();
  if (draft.payeeBank === "" || !/^[0-9]{1,12}-[0-9X]$/.test(account)) return null;
  const agency = draft.payeeAgency.trim();
  const at = /^[0-9]{4}$/.test(agency) ? { agency } : {};
  return { account: { bank: draft.payeeBank, account, ...at } };
}

export function amountOf(draft: PixDraft, locale: Locale): number | null {
  const centavos = readAmount(draft.amount, locale);
  return centavos === null ? null : Number(centavos);
}

/** The other payers as the bank is asked; null while one of them is incomplete. */
export function otherPayers({ also }: PixDraft, locale: Locale) {
  const sides = also.map(({ bank, account, amount }) => {
    const centavos = readAmount(amount, locale);
    if (bank === "" || account === null || centavos === null) return null;
    return { bank, account: account.number, amountCentavos: Number(centavos) };
  });
  return sides.some((side) => side === null) ? null : sides.filter((side) => side !== null);
}

/**
 * What the first account pays and all pay together: what is typed, or of what the code asks what
 * the others leave. Null while nobody said it, or the others pay it all.
 */
export function ownShare(
  typed: number | null,
  asked: { readonly amountCentavos: number | null; readonly isAmountOpen: boolean },
  othersCentavos: number,
): { readonly ownCentavos: number; readonly totalCentavos: number } | null {
  const left = asked.amountCentavos === null ? null : asked.amountCentavos - othersCentavos;
  const ownCentavos = asked.isAmountOpen ? (typed ?? left) : left;
  if (ownCentavos === null || ownCentavos < 1) return null;
  return { ownCentavos, totalCentavos: ownCentavos + othersCentavos };
}
