import { readAmount } from "../../components/money-field.tsx";
import type { Locale } from "../../i18n/locale.ts";
import type { PickedAccount } from "../accounts/account-picker.tsx";

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
}

export const emptyPix: PixDraft = {
  ...{ bank: "", account: null, way: "key", key: "", code: "" },
  ...{ payeeBank: "", payeeAgency: "", payeeAccount: "", amount: "", note: "" },
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
