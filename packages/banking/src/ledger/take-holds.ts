import type { AccountId, Accounts, AccountState } from "./account.ts";
import { withHolds } from "./change.ts";
import type { Hold } from "./leg.ts";

/** Stored state contradicts what the ledger itself decided earlier: a bug or a damaged store. */
export class LedgerLawBroken extends Error {
  override readonly name = "LedgerLawBroken";
}

/** Throws LedgerLawBroken unless the holds balance: a part of a branch would create money. */
export function demandBalanced(holds: readonly Hold[]): void {
  let difference = 0n;
  for (const hold of holds) {
    if (hold.amount <= 0n) throw new LedgerLawBroken(`hold of ${hold.amount} on ${hold.account}`);
    difference += hold.direction === "debit" ? hold.amount : -hold.amount;
  }
  if (difference !== 0n) throw new LedgerLawBroken(`holds off balance by ${difference}`);
}

/** The account without the hold. Throws LedgerLawBroken when the hold was never placed. */
export function takeHold(account: AccountState, hold: Hold): AccountState {
  const held = hold.direction === "debit" ? account.held - hold.amount : account.held;
  const incoming = hold.direction === "credit" ? account.incoming - hold.amount : account.incoming;
  if (held < 0n || incoming < 0n) {
    throw new LedgerLawBroken(`${hold.direction} of ${hold.amount} not on hold on ${account.id}`);
  }
  return withHolds(account, held, incoming);
}

/** Throws LedgerLawBroken when the account of a hold is not among those given. */
export function demandAccount(accounts: Accounts, id: AccountId): AccountState {
  const account = accounts.get(id);
  if (account === undefined) throw new LedgerLawBroken(`account ${id} of a hold is missing`);
  return account;
}

/** Where `id` is among the states changed so far, or -1. */
export function positionOf(changed: readonly AccountState[], id: AccountId): number {
  for (let at = 0; at < changed.length; at += 1) if (changed[at]?.id === id) return at;
  return -1;
}
