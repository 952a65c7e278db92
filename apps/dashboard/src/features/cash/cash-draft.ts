import { readAmount } from "../../components/money-field.tsx";
import type { Locale } from "../../i18n/locale.ts";
import type { PickedAccount } from "../accounts/account-picker.tsx";

export interface CashDraft {
  readonly act: "deposit" | "withdraw";
  readonly bank: string;
  readonly account: PickedAccount | null;
  /** As typed. */
  readonly amount: string;
  readonly note: string;
}

export const emptyCash: CashDraft = {
  act: "deposit",
  bank: "",
  account: null,
  amount: "",
  note: "",
};

export function isComplete(draft: CashDraft, locale: Locale): boolean {
  return draft.bank !== "" && draft.account !== null && readAmount(draft.amount, locale) !== null;
}
