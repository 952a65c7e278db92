import { addCampaigns, type CampaignResult } from "@pacto/atomic-commit/simulator";
import { type Job, type Mode, runJob } from "./job.ts";
import type { Resources } from "./real-ledger.ts";
import { runJobs } from "./run-jobs.ts";

export interface CampaignOptions {
  readonly mode: Mode;
  readonly seed: number;
  readonly schedules: number;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
  readonly resources?: Resources;
}

export interface Campaign {
  readonly result: CampaignResult;
  readonly threads: number;
  readonly seconds: number;
  /** The last schedules were run a second time and gave the same hash. */
  readonly isDeterministic: boolean;
}

/** Seeds of one job: a fixed number, so that the campaign's hash does not depend on threads. */
const CHUNK = 500;

/** Runs the schedules of seeds from … on all processors, up to the first that breaks a law. */
export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const { mode, seed, schedules } = options;
  const parts: CampaignResult[] = [];
  let done = 0;
  let failed = false;
  function* jobs(): Generator<Job, undefined> {
    for (let from = seed; from < seed + schedules && !failed; from += CHUNK) {
      const count = Math.min(CHUNK, seed + schedules - from);
      yield { kind: "campaign", mode, from, count };
    }
  }
  const startedAt = performance.now();
  const threads = await runJobs(jobs(), {
    ...options,
    take(answer) {
      if (answer.kind !== "campaign") return;
      parts.push(answer.campaign);
      done += answer.campaign.schedules;
      failed ||= answer.campaign.failure !== null;
      options.progress(done);
    },
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const result = addCampaigns(upToFailure(parts));
  return { result, threads, seconds, isDeterministic: isSameAgain(parts, options) };
}

/** Chunks after the first failing one depend on which thread was faster: they do not count. */
function upToFailure(parts: readonly CampaignResult[]): CampaignResult[] {
  const ordered = parts.toSorted((one, other) => one.from - other.from);
  const failing = ordered.findIndex(({ failure }) => failure !== null);
  return failing < 0 ? ordered : ordered.slice(0, failing + 1);
}

function isSameAgain(
  parts: readonly CampaignResult[],
  { mode, resources }: CampaignOptions,
): boolean {
  const first = parts.toSorted((one, other) => one.from - other.from)[0];
  if (first === undefined) return true;
  const job = { kind: "campaign", mode, from: first.from, count: first.schedules } as const;
  const again = runJob(job, resources);
  return again.kind === "campaign" && again.campaign.hash === first.hash;
}
