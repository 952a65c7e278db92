import type { AccountId, Accounts, AccountState } from "./account.ts";
import { lastEntry, withEntry } from "./change.ts";
import type { Entry, Leg } from "./leg.ts";
import { LedgerLawBroken } from "./take-holds.ts";

export interface ForcedLegs {
  readonly accounts: readonly AccountState[];
  readonly entries: readonly Entry[];
  /** Accounts that now stand past a bound they had: somebody has to look at them. */
  readonly overrun: readonly AccountId[];
}

/**
 * Books what was committed once and then lost with a restored database (R48): it is owed whatever
 * blocks, limits and balances are now, so nothing is refused. An account that this takes past its
 * floor or ceiling gets that bound moved to where it stands and is blocked in that direction.
 * Throws LedgerLawBroken when the legs do not balance or an account is missing.
 */
export function forceLegs(accounts: Accounts, legs: readonly Leg[]): ForcedLegs {
  const changed = new Map<AccountId, AccountState>();
  const entries: Entry[] = [];
  let difference = 0n;
  for (const { account: id, direction, amount } of legs) {
    const before = changed.get(id) ?? accounts.get(id);
    if (before === undefined) throw new LedgerLawBroken(`account ${id} of a leg is missing`);
    const signed = direction === "debit" ? -amount : amount;
    const after = withEntry(before, signed);
    changed.set(id, after);
    entries.push(lastEntry(after, signed));
    difference += signed;
  }
  if (difference !== 0n) throw new LedgerLawBroken(`legs off balance by ${difference}`);
  const overrun: AccountId[] = [];
  for (const account of changed.values()) {
    const bounded = withBoundsMoved(account);
    if (bounded === account) continue;
    overrun.push(account.id);
    changed.set(account.id, bounded);
  }
  return { accounts: [...changed.values()], entries, overrun };
}

function withBoundsMoved(account: AccountState): AccountState {
  const lowest = account.ledger - account.held;
  const highest = account.ledger + account.incoming;
  const isBelow = account.floor !== null && lowest < account.floor;
  const isAbove = account.ceiling !== null && highest > account.ceiling;
  if (!isBelow && !isAbove) return account;
  return {
    ...account,
    ...(isBelow && { floor: lowest, debitsBlocked: true }),
    ...(isAbove && { ceiling: highest, creditsBlocked: true }),
  };
}
