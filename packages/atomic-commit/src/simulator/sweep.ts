import { runSchedule, type ScheduleOptions, type ScheduleResult } from "./schedule.ts";
import type { Fate } from "./observe.ts";
import { CALM } from "./swarm.ts";

/** What a sweep does to one database transaction of a schedule that is calm otherwise. */
export const SWEPT_FATES = [
  "crash-before",
  "crash-after",
  "unknown-kept",
  "unknown-lost",
] as const satisfies readonly Fate[];

export interface SweepResult {
  /** Schedules run: one per transaction and fate, or per pair of them. */
  readonly schedules: number;
  readonly transactions: number;
  readonly failure: ScheduleResult | null;
}

/**
 * Runs a calm schedule once for each of its database transactions and each way in which that one
 * can go wrong; with `pairs`, for each two of them, crashing both. Everything heals afterwards.
 */
export function sweepCrashes<Work, State>(
  seed: number,
  options: ScheduleOptions<Work, State> & { readonly pairs?: boolean },
): SweepResult {
  const swarm = CALM;
  const calm = runSchedule(seed, { ...options, swarm });
  if (calm.violation !== null) return { schedules: 1, transactions: calm.steps, failure: calm };
  let schedules = 1;
  let failure: ScheduleResult | null = null;
  const run = (fates: ReadonlyMap<number, Fate>) => {
    schedules += 1;
    const result = runSchedule(seed, { ...options, swarm, fates });
    if (result.violation !== null) failure ??= result;
  };
  for (let first = 0; first < calm.steps && failure === null; first += 1) {
    for (const fate of SWEPT_FATES) run(new Map([[first, fate]]));
    if (options.pairs !== true) continue;
    for (let second = first + 1; second < calm.steps; second += 1) {
      for (const fate of ["crash-before", "crash-after"] as const) {
        run(
          new Map([
            [first, "crash-after"],
            [second, fate],
          ]),
        );
      }
    }
  }
  return { schedules, transactions: calm.steps, failure };
}
