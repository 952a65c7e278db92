import type { AccountId } from "./account.ts";

export type Direction = "debit" | "credit";

/** One account's share of a posting or branch. The amount is in centavos and positive. */
export interface Leg {
  readonly account: AccountId;
  readonly direction: Direction;
  readonly amount: bigint;
}

/** An amount promised on one account: a debit counted in `held`, a credit in `incoming`. */
export interface Hold {
  readonly account: AccountId;
  readonly direction: Direction;
  readonly amount: bigint;
}

/** One line of an account's statement. The amount is signed: credits positive. */
export interface Entry {
  readonly account: AccountId;
  readonly version: bigint;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
}
