import {
  runSchedule,
  type ScheduleResult,
  traceAsMermaid,
  traceAsText,
} from "@pacto/atomic-commit/simulator";
import { readWhole } from "../arguments/scalars.ts";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { compareDeaths } from "./compare-deaths.ts";
import type { Mode } from "./job.ts";
import { count } from "./numbers.ts";
import { realLedger, type Resources } from "./real-ledger.ts";
import { runCampaign } from "./run-campaign.ts";
import { seldom } from "./seldom.ts";
import { tellCampaign } from "./tell-campaign.ts";

export interface SimulateOptions {
  readonly seed?: string;
  readonly schedules?: string;
  readonly mode?: string;
  readonly trace?: boolean;
  readonly mermaid?: boolean;
  readonly coordinatorDeaths?: string;
}

const SEED_MAX = 999_999_999;
const SCHEDULES_MAX = 999_999_999;
const SCHEDULES = 10_000;

/**
 * Runs the production core of the protocol, over the real ledger's decisions, through schedules of
 * faults drawn from seeds, and says what was reached. Exit 1 when a law was broken.
 */
export async function simulate(
  session: Session,
  options: SimulateOptions,
  resources?: Resources,
): Promise<Told> {
  const { language } = session;
  const seed = readWhole(options.seed ?? "1", [0, SEED_MAX], language);
  const mode = readMode(options.mode, session);
  if (options.coordinatorDeaths !== undefined) {
    const deaths = readWhole(options.coordinatorDeaths, [1, 10_000_000], language);
    return compareDeaths(session, { seed, deaths });
  }
  const wantsTrace = options.trace === true || options.mermaid === true;
  const given = options.schedules ?? String(wantsTrace ? 1 : SCHEDULES);
  const schedules = readWhole(given, [1, SCHEDULES_MAX], language);
  const { simulate: says } = language.texts;
  const progress = seldom((done: number) =>
    session.progress(says.progress(count(done, session), count(schedules, session))),
  );
  const { signal } = session;
  const withBroken = resources === undefined ? {} : { resources };
  const campaign = await runCampaign({ mode, seed, schedules, signal, progress, ...withBroken });
  const told = tellCampaign(session, { campaign, mode, resources: resources ?? realLedger });
  if (!wantsTrace || campaign.result.failure !== null) return told;
  const traced = runSchedule(seed, { resources: realLedger, decider: mode, trace: true });
  return {
    ...told,
    json: { ...(told.json as object), events: traced.events },
    lines: [...traceLines(traced, options), "", ...told.lines],
  };
}

function readMode(text: string | undefined, { language }: Session): Mode {
  if (text === undefined) return "mixed";
  if (text === "local" || text === "register") return text;
  throw new WrongUsage(language.texts.simulate.badMode(text));
}

function traceLines(
  { events }: ScheduleResult,
  { trace, mermaid }: Pick<SimulateOptions, "trace" | "mermaid">,
): string[] {
  return [
    ...(trace === true ? [traceAsText(events)] : []),
    ...(mermaid === true ? ["```mermaid", traceAsMermaid(events), "```"] : []),
  ];
}
