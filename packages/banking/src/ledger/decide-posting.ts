import type { Accounts, AccountState } from "./account.ts";
import { admit } from "./admit.ts";
import { lastEntry, withEntry } from "./change.ts";
import type { Entry, Leg } from "./leg.ts";
import type { LedgerRefusal } from "./refusal.ts";
import { sumLegs, type Sum } from "./sum-legs.ts";

export type PostingDecision =
  | {
      readonly ok: true;
      readonly accounts: readonly AccountState[];
      readonly entries: readonly Entry[];
    }
  | { readonly ok: false; readonly refusal: LedgerRefusal };

/**
 * Decides an immediate posting: all legs or none. Legs must balance; an account named several times
 * on one side is summed first (R37) and gets one entry. Returns the new states of the accounts
 * touched, in the order of the legs; the states given are never changed.
 */
export function decidePosting(accounts: Accounts, legs: readonly Leg[]): PostingDecision {
  const sums: Sum[] = [];
  const refusal = sumLegs(legs, sums);
  if (refusal !== null) return { ok: false, refusal };
  const changed: AccountState[] = [];
  const entries: Entry[] = [];
  for (const { account: id, direction, amount } of sums) {
    const account = accounts.get(id);
    if (account === undefined) {
      return { ok: false, refusal: { code: "account-not-found", account: id } };
    }
    const refused = admit(account, direction, amount);
    if (refused !== null) return { ok: false, refusal: refused };
    const signed = direction === "debit" ? -amount : amount;
    const after = withEntry(account, signed);
    changed.push(after);
    entries.push(lastEntry(after, signed));
  }
  return { ok: true, accounts: changed, entries };
}
