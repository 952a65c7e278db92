import type { Message } from "../messages.ts";
import type { Choices } from "./choices.ts";

/**
 * The faults of one schedule, drawn anew for each seed: schedules that lack a fault altogether
 * reach what an even mix of all faults never does. Percentages unless named otherwise.
 */
export interface Swarm {
  readonly faultFree: boolean;
  readonly drop: number;
  /** Kinds of message that hardly get through: rounds break off half-way, ballots compete. */
  readonly clogged: readonly MessageKind[];
  /** How many of those are lost. */
  readonly clog: number;
  readonly duplicate: number;
  /** A replica dies between two transactions. */
  readonly crash: number;
  /** A transaction's commit goes wrong: crash before, crash after, outcome unknown. */
  readonly commitFault: number;
  readonly partition: number;
  /** Messages are taken in the order sent, or in any. */
  readonly reorder: boolean;
  /** A timer fires although it is not due: a clock that jumps. */
  readonly spuriousWake: number;
  readonly timePasses: number;
  /** A message is kept for ever and delivered again at any later time. */
  readonly replay: number;
  readonly compact: number;
  /** A bank is set back to an earlier backup of its database. */
  readonly restore: number;
  /** Ballots compete for one transaction, for longer than schedules last otherwise. */
  readonly contested: boolean;
  /** Index of a bank that dies for good during the schedule; -1 = none. */
  readonly doomed: number;
}

type MessageKind = Message<unknown, unknown>["kind"];

/** Those whose loss leads somewhere; the second phase of ballots more often than its share. */
const KINDS: readonly MessageKind[] = [
  "accept",
  "accept",
  "accepted",
  "decision",
  "answer",
  "vote",
  "ack",
  "prepare",
  "inquiry",
  "promised",
];

const CONTESTED: readonly MessageKind[] = ["accept", "accepted", "decision", "answer"];

function drawKinds(choices: Choices): MessageKind[] {
  const count = choices.below(4);
  return Array.from({ length: count }, () => KINDS[choices.below(KINDS.length)] ?? "accept");
}

export const CALM: Swarm = {
  faultFree: true,
  drop: 0,
  clogged: [],
  clog: 0,
  duplicate: 0,
  crash: 0,
  commitFault: 0,
  partition: 0,
  reorder: true,
  spuriousWake: 0,
  timePasses: 0,
  replay: 0,
  compact: 0,
  restore: 0,
  contested: false,
  doomed: -1,
};

export function drawSwarm(choices: Choices, banks: number): Swarm {
  if (choices.below(16) === 0) return CALM;
  const some = (most: number) => (choices.below(2) === 0 ? 0 : choices.below(most + 1));
  // What a bank that died for good or was compacted knows cannot be told to a restored one.
  const restores = choices.below(8) === 7;
  // Everybody keeps asking and proposing, and hardly anybody hears how it ended.
  const contested = choices.below(6) === 5;
  return {
    faultFree: false,
    drop: some(30),
    clogged: contested ? CONTESTED : drawKinds(choices),
    clog: 40 + choices.below(56),
    duplicate: some(50),
    crash: some(10),
    commitFault: some(15),
    partition: contested ? 10 : some(8),
    reorder: choices.below(4) !== 0,
    spuriousWake: contested ? 70 : some(40),
    timePasses: 2 + choices.below(20),
    replay: some(45),
    compact: restores ? 0 : some(20),
    restore: restores ? 4 + choices.below(8) : 0,
    contested,
    doomed: !restores && choices.below(6) === 5 ? choices.below(banks) : -1,
  };
}
