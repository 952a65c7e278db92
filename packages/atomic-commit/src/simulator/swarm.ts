import type { Choices } from "./choices.ts";

/**
 * The faults of one schedule, drawn anew for each seed: schedules that lack a fault altogether
 * reach what an even mix of all faults never does. Percentages unless named otherwise.
 */
export interface Swarm {
  readonly faultFree: boolean;
  readonly drop: number;
  /** Lost on top of that: a ballot's second phase, so that minorities accept and ballots compete. */
  readonly dropAccepts: number;
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
  /** Index of a bank that dies for good during the schedule; -1 = none. */
  readonly doomed: number;
}

export const CALM: Swarm = {
  faultFree: true,
  drop: 0,
  dropAccepts: 0,
  duplicate: 0,
  crash: 0,
  commitFault: 0,
  partition: 0,
  reorder: true,
  spuriousWake: 0,
  timePasses: 0,
  replay: 0,
  compact: 0,
  doomed: -1,
};

export function drawSwarm(choices: Choices, banks: number): Swarm {
  if (choices.below(16) === 0) return CALM;
  const some = (most: number) => (choices.below(2) === 0 ? 0 : choices.below(most + 1));
  return {
    faultFree: false,
    drop: some(30),
    dropAccepts: some(70),
    duplicate: some(50),
    crash: some(10),
    commitFault: some(15),
    partition: some(8),
    reorder: choices.below(4) !== 0,
    spuriousWake: some(25),
    timePasses: 2 + choices.below(20),
    replay: some(25),
    compact: some(12),
    doomed: choices.below(6) === 5 ? choices.below(banks) : -1,
  };
}
