import type { Accounts, AccountState } from "./account.ts";
import type { Hold } from "./leg.ts";
import { demandAccount, demandBalanced, positionOf, takeHold } from "./take-holds.ts";

/**
 * Gives holds back; ledgers and versions stay as they are. Throws LedgerLawBroken like
 * captureHolds.
 */
export function releaseHolds(
  accounts: Accounts,
  holds: readonly Hold[],
): { readonly accounts: readonly AccountState[] } {
  demandBalanced(holds);
  const changed: AccountState[] = [];
  for (const hold of holds) {
    const at = positionOf(changed, hold.account);
    const before = changed[at] ?? demandAccount(accounts, hold.account);
    changed[at === -1 ? changed.length : at] = takeHold(before, hold);
  }
  return { accounts: changed };
}
