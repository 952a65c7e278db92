/** Database id of an account. */
export type AccountId = bigint;

/**
 * What the ledger needs to know of an account. Amounts are centavos, credit-positive: a credit
 * adds, a debit subtracts.
 */
export interface AccountState {
  readonly id: AccountId;
  readonly status: "active" | "closed";
  readonly debitsBlocked: boolean;
  readonly creditsBlocked: boolean;
  /** Lowest balance allowed: −overdraft for customers; null = unbounded (internal accounts). */
  readonly floor: bigint | null;
  /** Highest balance allowed; null = unbounded. Debit-normal accounts (cash) have ceiling 0. */
  readonly ceiling: bigint | null;
  /** Sum of the account's entries. */
  readonly ledger: bigint;
  /** Sum of placed debit holds, ≥ 0. */
  readonly held: bigint;
  /** Sum of placed credit holds, ≥ 0. */
  readonly incoming: bigint;
  /** Number of entries so far, gapless. */
  readonly version: bigint;
}

export type Accounts = ReadonlyMap<AccountId, AccountState>;

/**
 * What a debit may take now, in centavos: ledger − held − floor, or null when there is no floor.
 * Negative only after an operator raised the floor (lowered the overdraft) under a balance.
 */
export function available(account: AccountState): bigint | null {
  return account.floor === null ? null : account.ledger - account.held - account.floor;
}
