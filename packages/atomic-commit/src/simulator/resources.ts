import type { BankId, Branch, TransactionId } from "../descriptor.ts";
import type { Refusal } from "../statement.ts";

/**
 * What the banks of a simulation guard. The simulator knows nothing of money: a port gives it
 * states to change and work to do. States are values: a change makes a new one, so a lost commit
 * simply keeps the old.
 */
export interface ResourceManager<Work, State> {
  /** A bank's state before anything happens. */
  open(bank: BankId): State;
  /** Work for one global transaction over some of the banks, one branch per bank. */
  draw(below: (n: number) => number, banks: readonly BankId[]): readonly Branch<Work>[];
  reserve(
    state: State,
    transaction: TransactionId,
    work: Work,
    intent: "hold" | "post",
  ): { readonly ok: true; readonly state: State } | { readonly ok: false; refusal: Refusal };
  capture(state: State, transaction: TransactionId): State;
  release(state: State, transaction: TransactionId): State;
  /** Does work that was never held; never refuses. */
  post(state: State, transaction: TransactionId, work: Work): State;
  isHeld(state: State, transaction: TransactionId): boolean;
  /** Which law of its own a bank's state breaks, or undefined. Checked at every commit. */
  fault(state: State): string | undefined;
  /** Which law the banks together break while no transaction is open, or undefined. */
  faultAtRest(states: readonly State[]): string | undefined;
}
