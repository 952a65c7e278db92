import { addCoverage, emptyCoverage, REACHABLE, type Coverage, type Reached } from "./coverage.ts";
import { runSchedule, type ScheduleOptions, type ScheduleResult } from "./schedule.ts";

export interface CampaignResult {
  readonly from: number;
  readonly schedules: number;
  readonly steps: number;
  readonly committed: number;
  readonly aborted: number;
  readonly inDoubt: number;
  readonly coverage: Coverage;
  /** Hash over the hashes of all schedules. */
  readonly hash: number;
  /** The first schedule that broke a law; the campaign ends there. */
  readonly failure: ScheduleResult | null;
}

/** Runs the schedules of seeds from … from+count−1, or up to the first that breaks a law. */
export function runSchedules<Work, State>(
  from: number,
  count: number,
  options: ScheduleOptions<Work, State>,
): CampaignResult {
  const coverage = emptyCoverage();
  const sums = { schedules: 0, steps: 0, committed: 0, aborted: 0, inDoubt: 0, hash: 0x811c9dc5 };
  let failure: ScheduleResult | null = null;
  const counting = { ...options, coverage };
  for (let seed = from; seed < from + count && failure === null; seed += 1) {
    const result = runSchedule(seed, counting);
    sums.schedules += 1;
    sums.steps += result.steps;
    sums.committed += result.committed;
    sums.aborted += result.aborted;
    sums.inDoubt += result.inDoubt;
    sums.hash = Math.imul(sums.hash ^ result.hash, 0x01000193) >>> 0;
    if (result.violation !== null) failure = result;
  }
  return { from, ...sums, coverage, failure };
}

/** Adds up campaigns that ran apart, in worker threads say. */
export function addCampaigns(campaigns: readonly CampaignResult[]): CampaignResult {
  const coverage = emptyCoverage();
  const sums = { schedules: 0, steps: 0, committed: 0, aborted: 0, inDoubt: 0, hash: 0x811c9dc5 };
  const ordered = campaigns.toSorted((one, other) => one.from - other.from);
  for (const campaign of ordered) {
    addCoverage(coverage, campaign.coverage);
    sums.schedules += campaign.schedules;
    sums.steps += campaign.steps;
    sums.committed += campaign.committed;
    sums.aborted += campaign.aborted;
    sums.inDoubt += campaign.inDoubt;
    sums.hash = Math.imul(sums.hash ^ campaign.hash, 0x01000193) >>> 0;
  }
  const failure = ordered.find((campaign) => campaign.failure !== null)?.failure ?? null;
  return { from: ordered[0]?.from ?? 0, ...sums, coverage, failure };
}

/** Interesting states that a campaign never reached: a generator that misses them proves little. */
export function unreached(coverage: Coverage): Reached[] {
  return REACHABLE.filter((name) => coverage[name] === 0);
}
