import type { AccountState } from "./account.ts";
import type { Entry } from "./leg.ts";

// Written field by field instead of spread: these run once per leg of every transfer.

/** The account after one more entry of `signed` centavos; debits are negative. */
export function withEntry(account: AccountState, signed: bigint): AccountState {
  return {
    id: account.id,
    status: account.status,
    debitsBlocked: account.debitsBlocked,
    creditsBlocked: account.creditsBlocked,
    floor: account.floor,
    ceiling: account.ceiling,
    ledger: account.ledger + signed,
    held: account.held,
    incoming: account.incoming,
    version: account.version + 1n,
  };
}

/** The account with other sums on hold. */
export function withHolds(account: AccountState, held: bigint, incoming: bigint): AccountState {
  return {
    id: account.id,
    status: account.status,
    debitsBlocked: account.debitsBlocked,
    creditsBlocked: account.creditsBlocked,
    floor: account.floor,
    ceiling: account.ceiling,
    ledger: account.ledger,
    held,
    incoming,
    version: account.version,
  };
}

/** The entry that led to `account`, which is the state just after it. */
export function lastEntry(account: AccountState, signed: bigint): Entry {
  return {
    account: account.id,
    version: account.version,
    amount: signed,
    balanceAfter: account.ledger,
  };
}
