import {
  CALM,
  type CampaignResult,
  runSchedule,
  runSchedules,
  type ScheduleResult,
} from "@pacto/atomic-commit/simulator";
import { realLedger, type Resources } from "./real-ledger.ts";

/** Who decides in the simulated banks; mixed = register for odd seeds. */
export type Mode = "local" | "register" | "mixed";

/** Schedules of consecutive seeds, for one thread. */
export interface Job {
  readonly kind: "campaign" | "deaths";
  readonly mode: Mode;
  readonly from: number;
  readonly count: number;
}

/** Schedules in which a coordinator's whole bank died for good with a transfer open. */
export interface Deaths {
  readonly schedules: number;
  readonly deaths: number;
  /** Of those: a living bank was left waiting for ever. */
  readonly blocked: number;
  readonly failure: ScheduleResult | null;
}

export type JobResult =
  | { readonly kind: "campaign"; readonly campaign: CampaignResult }
  | { readonly kind: "deaths"; readonly deaths: Deaths };

/** Does one job; pure, so any thread may. */
export function runJob(job: Job, resources: Resources = realLedger): JobResult {
  const { kind, mode, from, count } = job;
  if (kind === "deaths") return { kind, deaths: runDeaths(job, resources) };
  return { kind, campaign: runSchedules(from, count, { resources, decider: mode }) };
}

const BANKS = 4;

/** Nothing fails but the one bank, so what is left waiting waits for the dead. */
const ONE_DEATH = { ...CALM, faultFree: false, timePasses: 4 };

function runDeaths({ mode, from, count }: Job, resources: Resources): Deaths {
  const sums = { schedules: 0, deaths: 0, blocked: 0 };
  for (let seed = from; seed < from + count; seed += 1) {
    const swarm = { ...ONE_DEATH, doomed: seed % BANKS };
    const result = runSchedule(seed, { resources, decider: mode, banks: BANKS, swarm });
    sums.schedules += 1;
    if (result.violation !== null) return { ...sums, failure: result };
    if (result.coverage["K12 coordinator bank dead for good"] === 0) continue;
    sums.deaths += 1;
    if (result.inDoubt > 0) sums.blocked += 1;
  }
  return { ...sums, failure: null };
}
