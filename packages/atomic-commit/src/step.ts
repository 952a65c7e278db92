import type { BankId } from "./descriptor.ts";
import type { Envelope, Message } from "./messages.ts";
import type { Sign } from "./statement.ts";

/**
 * What the shell does to the bank's own branch, in the same database transaction as the record:
 * place its hold (env.reserve has just decided it), capture or release the hold, or post the work
 * at once without a hold.
 */
export type Effect = "none" | "hold" | "capture" | "release" | "post";

/** Something that cannot happen among honest, healthy banks. Recorded, never acted on. */
export type AlarmCode =
  | "not-named"
  | "malformed-descriptor"
  | "conflicting-descriptor"
  | "old-incarnation"
  | "unknown-transaction"
  | "invalid-certificate"
  | "contradictory-decision"
  | "contradictory-vote"
  | "unexpected-ack"
  | "lost-record"
  | "finished-while-in-doubt"
  | "heuristic-mixed"
  | "unjustified-proposal";

export interface Alarm {
  readonly code: AlarmCode;
  /** The bank whose message raised it. */
  readonly bank: BankId;
}

/**
 * What one event leads to. The shell writes the record and does the effect in one database
 * transaction; only after its commit it replies to the sender and sends the rest (R6–R10).
 */
export interface Step<Record, Work, Proof> {
  /** The very object that went in when nothing changed: no write is needed then. */
  readonly record: Record;
  readonly effect: Effect;
  /** Answer to the message that was the event. */
  readonly reply: Message<Work, Proof> | null;
  readonly sends: readonly Envelope<Work, Proof>[];
  readonly alarm: Alarm | null;
}

/** What the shell knows when it asks for a step. */
export interface Env<Proof> {
  readonly self: BankId;
  /** Milliseconds of a clock local to the bank; only differences matter (R41). */
  readonly now: number;
  /** In [0, 1), fresh for each step: jitter. */
  readonly random: number;
  /** True while a restored bank re-learns what it lost (R48). */
  readonly recovering: boolean;
  readonly sign: Sign<Proof>;
}

/** What a bank knows of the coordinator of the transaction at hand. */
export interface Fence {
  /** Sequences up to here are finished and compacted (R31); 0 = none. */
  readonly watermark: number;
  /** Sequences up to here may have had records that a restore lost (R48); 0 = none. */
  readonly forgottenUpTo: number;
  /** The coordinator's highest incarnation heard of (R49). */
  readonly incarnation: number;
}

export const NO_FENCE: Fence = { watermark: 0, forgottenUpTo: 0, incarnation: 0 };

/** A step that changes nothing and says nothing. */
export function stay<Record, Work, Proof>(
  record: Record,
  reply: Message<Work, Proof> | null = null,
  alarm: Alarm | null = null,
): Step<Record, Work, Proof> {
  return { record, effect: "none", reply, sends: [], alarm };
}
