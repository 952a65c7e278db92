import type { Accounts, AccountState } from "./account.ts";
import { lastEntry, withEntry } from "./change.ts";
import type { Entry, Hold } from "./leg.ts";
import { demandAccount, demandBalanced, positionOf, takeHold } from "./take-holds.ts";

export interface Capture {
  readonly accounts: readonly AccountState[];
  readonly entries: readonly Entry[];
}

/**
 * Turns holds into entries, one each. Never refuses: blocks, closure and limits set since the hold
 * was placed do not matter (R35). Throws LedgerLawBroken when a hold is not there or the holds do
 * not balance, which no state reached through this ledger allows.
 */
export function captureHolds(accounts: Accounts, holds: readonly Hold[]): Capture {
  demandBalanced(holds);
  const changed: AccountState[] = [];
  const entries: Entry[] = [];
  for (const hold of holds) {
    const at = positionOf(changed, hold.account);
    const before = changed[at] ?? demandAccount(accounts, hold.account);
    const signed = hold.direction === "debit" ? -hold.amount : hold.amount;
    const after = withEntry(takeHold(before, hold), signed);
    changed[at === -1 ? changed.length : at] = after;
    entries.push(lastEntry(after, signed));
  }
  return { accounts: changed, entries };
}
