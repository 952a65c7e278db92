import type { AccountState, Leg } from "@pacto/banking";
import type { Refusal } from "@pacto/contract";
import type { NewPosting, WorkingSet } from "../ledger/engine/working-set.ts";
import { ledgerRefusal } from "../ledger/ledger-refusal.ts";

/**
 * Posts what raises a loan's debt. Its account is closed to every other debit, or the borrower
 * could draw again what was paid back: it is opened for this one posting, under its lock.
 */
export function postToLoan(
  bank: string,
  set: WorkingSet,
  loan: AccountState,
  { posting, legs }: { readonly posting: NewPosting; readonly legs: readonly Leg[] },
): Refusal | undefined {
  set.changeTerms({ ...loan, debitsBlocked: false });
  const decision = set.post(posting, legs);
  const after = set.account(loan.id);
  if (after === undefined) throw new Error(`loan ${loan.id} left its batch`);
  set.changeTerms({ ...after, debitsBlocked: true });
  return decision.ok ? undefined : ledgerRefusal(bank, set, decision.refusal);
}
