import type { ScheduleResult } from "@pacto/atomic-commit/simulator";
import type { Deaths, Job, Mode } from "./job.ts";
import type { Resources } from "./real-ledger.ts";
import { runJobs } from "./run-jobs.ts";

export interface DeathsOptions {
  readonly mode: Exclude<Mode, "mixed">;
  readonly seed: number;
  /** How many coordinators are to die; their seeds are found on the way. */
  readonly deaths: number;
  readonly signal: AbortSignal;
  readonly progress: (deaths: number) => void;
  readonly resources?: Resources;
}

const CHUNK = 500;

/** Lets coordinators die for good, each with a transfer open, and counts who waits for ever. */
export async function runDeaths(options: DeathsOptions): Promise<Deaths> {
  const parts = new Map<number, Deaths>();
  let deaths = 0;
  let failure: ScheduleResult | null = null;
  function* jobs(): Generator<Job, undefined> {
    for (let from = options.seed; deaths < options.deaths && failure === null; from += CHUNK) {
      yield { kind: "deaths", mode: options.mode, from, count: CHUNK };
    }
  }
  await runJobs(jobs(), {
    ...options,
    take(answer, { from }) {
      if (answer.kind !== "deaths") return;
      parts.set(from, answer.deaths);
      deaths += answer.deaths.deaths;
      failure ??= answer.deaths.failure;
      options.progress(deaths);
    },
  });
  return addDeaths(parts, options.deaths);
}

/** In the seeds' order and up to the number wished for, so that threads change nothing. */
function addDeaths(parts: ReadonlyMap<number, Deaths>, wished: number): Deaths {
  const sum = { schedules: 0, deaths: 0, blocked: 0 };
  for (const [, part] of [...parts].toSorted(([one], [other]) => one - other)) {
    sum.schedules += part.schedules;
    sum.deaths += part.deaths;
    sum.blocked += part.blocked;
    if (part.failure !== null) return { ...sum, failure: part.failure };
    if (sum.deaths >= wished) break;
  }
  return { ...sum, failure: null };
}
