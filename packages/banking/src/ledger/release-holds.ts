import type { Accounts, AccountState } from "./account.ts";
import type { Hold } from "./leg.ts";
import { takeHolds } from "./take-holds.ts";

/**
 * Gives holds back; ledgers and versions stay as they are. Throws LedgerLawBroken like
 * captureHolds.
 */
export function releaseHolds(
  accounts: Accounts,
  holds: readonly Hold[],
): { readonly accounts: readonly AccountState[] } {
  return { accounts: takeHolds(accounts, holds, (withoutHold) => withoutHold) };
}
