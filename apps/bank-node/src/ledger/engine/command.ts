import type { WorkingSet } from "./working-set.ts";

/**
 * Under load the engine takes decisions and acknowledgements before new promises, and promises
 * before new work: finishing what is open frees money, starting more does not.
 */
export type Priority = "settle" | "promise" | "begin";

export const priorities: readonly Priority[] = ["settle", "promise", "begin"];

export interface IdempotencyKey {
  /** Whose key it is: the actor, so that two actors never collide. */
  readonly scope: string;
  readonly key: string;
}

/**
 * One unit of work for the posting engine. `decide` is synchronous and touches nothing but the
 * working set: it either records its writes there and returns, or records none. It must give the
 * same result when the batch is run again, since a lost COMMIT is answered by running it again.
 */
export interface Command<Result> {
  readonly name: string;
  readonly priority: Priority;
  readonly idempotency?: IdempotencyKey;
  /** The transaction whose coordinator row is locked for this command. */
  readonly coordinated?: string;
  /** The transaction whose branch row is locked for this command. */
  readonly branch?: string;
  /** The coordinator, where this bank caps what it may hold here undecided (R47). */
  readonly exposedTo?: string;
  /** The transaction whose register entry (as a witness) is locked for this command. */
  readonly witnessed?: string;
  /** Numbers of the accounts to lock, known once the rows above are fetched. */
  accounts(set: WorkingSet): Iterable<string>;
  /** PIX keys to lock, known once the rows above are fetched. */
  pixKeys?(set: WorkingSet): Iterable<string>;
  /** Numbers of the accounts of this bank to which those keys are to point. */
  pixHolders?(set: WorkingSet): Iterable<string>;
  /** End-to-end id of the received PIX whose refunds are decided under its lock. */
  readonly refunded?: string;
  /** The special return at an account here that is locked for this command. */
  readonly specialReturn?: string;
  /** Txids of PIX charges to lock, likewise. */
  charges?(set: WorkingSet): Iterable<string>;
  decide(set: WorkingSet): Result;
}
