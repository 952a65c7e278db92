import type { Accounts, AccountState } from "./account.ts";
import { admit } from "./admit.ts";
import { withHolds } from "./change.ts";
import type { Hold, Leg } from "./leg.ts";
import type { LedgerRefusal } from "./refusal.ts";
import { sumLegs, type Sum } from "./sum-legs.ts";

export type HoldDecision =
  | {
      readonly ok: true;
      readonly accounts: readonly AccountState[];
      readonly holds: readonly Hold[];
    }
  | { readonly ok: false; readonly refusal: LedgerRefusal };

/**
 * Decides holds for all legs or none, one hold per account. A debit adds to `held` iff it is
 * available; a credit adds to `incoming` iff it fits under the ceiling together with every other
 * credit on hold (R34). What is placed here can be captured whatever happens in between.
 */
export function decideHold(accounts: Accounts, legs: readonly Leg[]): HoldDecision {
  const sums: Sum[] = [];
  const refusal = sumLegs(legs, sums);
  if (refusal !== null) return { ok: false, refusal };
  const changed: AccountState[] = [];
  for (const { account: id, direction, amount } of sums) {
    const account = accounts.get(id);
    if (account === undefined) {
      return { ok: false, refusal: { code: "account-not-found", account: id } };
    }
    const refused = admit(account, direction, amount);
    if (refused !== null) return { ok: false, refusal: refused };
    changed.push(
      direction === "debit"
        ? withHolds(account, account.held + amount, account.incoming)
        : withHolds(account, account.held, account.incoming + amount),
    );
  }
  return { ok: true, accounts: changed, holds: sums };
}
