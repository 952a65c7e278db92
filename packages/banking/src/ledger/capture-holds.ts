import type { Accounts, AccountState } from "./account.ts";
import { lastEntry, withEntry } from "./change.ts";
import type { Entry, Hold } from "./leg.ts";
import { takeHolds } from "./take-holds.ts";

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
  const entries: Entry[] = [];
  const changed = takeHolds(accounts, holds, (withoutHold, { direction, amount }) => {
    const signed = direction === "debit" ? -amount : amount;
    const after = withEntry(withoutHold, signed);
    entries.push(lastEntry(after, signed));
    return after;
  });
  return { accounts: changed, entries };
}
