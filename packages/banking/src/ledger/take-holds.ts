import type { AccountId, Accounts, AccountState } from "./account.ts";
import { withHolds } from "./change.ts";
import type { Hold } from "./leg.ts";
import { FEW } from "./sum-legs.ts";

/** Stored state contradicts what the ledger itself decided earlier: a bug or a damaged store. */
export class LedgerLawBroken extends Error {
  override readonly name = "LedgerLawBroken";
}

/**
 * Takes balanced holds off their accounts and lets `settle` say what becomes of each; returns the
 * changed accounts in the order in which the holds name them. Throws LedgerLawBroken when the
 * holds do not balance (a part of a branch would create money) or one was never placed.
 */
export function takeHolds(
  accounts: Accounts,
  holds: readonly Hold[],
  settle: (withoutHold: AccountState, hold: Hold) => AccountState,
): AccountState[] {
  demandBalanced(holds);
  const changed: AccountState[] = [];
  const positions = holds.length > FEW ? new Map<AccountId, number>() : null;
  for (const hold of holds) {
    const known = positions === null ? find(changed, hold.account) : positions.get(hold.account);
    const at = known ?? changed.length;
    const before = changed[at] ?? accounts.get(hold.account);
    if (before === undefined) {
      throw new LedgerLawBroken(`account ${hold.account} of a hold is missing`);
    }
    changed[at] = settle(withoutHold(before, hold), hold);
    positions?.set(hold.account, at);
  }
  return changed;
}

function demandBalanced(holds: readonly Hold[]): void {
  let difference = 0n;
  for (const hold of holds) {
    if (hold.amount <= 0n) throw new LedgerLawBroken(`hold of ${hold.amount} on ${hold.account}`);
    difference += hold.direction === "debit" ? hold.amount : -hold.amount;
  }
  if (difference !== 0n) throw new LedgerLawBroken(`holds off balance by ${difference}`);
}

function withoutHold(account: AccountState, hold: Hold): AccountState {
  const held = hold.direction === "debit" ? account.held - hold.amount : account.held;
  const incoming = hold.direction === "credit" ? account.incoming - hold.amount : account.incoming;
  if (held < 0n || incoming < 0n) {
    throw new LedgerLawBroken(`${hold.direction} of ${hold.amount} not on hold on ${account.id}`);
  }
  return withHolds(account, held, incoming);
}

function find(changed: readonly AccountState[], id: AccountId): number | undefined {
  for (let at = 0; at < changed.length; at += 1) if (changed[at]?.id === id) return at;
  return undefined;
}
