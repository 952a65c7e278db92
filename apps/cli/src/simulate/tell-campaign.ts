import { REACHABLE, type ScheduleResult, shrinkSchedule } from "@pacto/atomic-commit/simulator";
import { facts, table } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import type { Mode } from "./job.ts";
import { count } from "./numbers.ts";
import type { Resources } from "./real-ledger.ts";
import type { Campaign } from "./run-campaign.ts";
import { violationJson, violationLines } from "./tell-violation.ts";

export interface CampaignReport {
  readonly campaign: Campaign;
  readonly mode: Mode;
  readonly resources: Resources;
}

/** What a campaign showed; a broken law with the shortest schedule found that breaks it. */
export function tellCampaign(session: Session, report: CampaignReport): Told {
  const { result, seconds, threads, isDeterministic } = report.campaign;
  const { failure } = result;
  const perSecond = seconds > 0 ? Math.round(result.schedules / seconds) : 0;
  const reached = reachedStates(report);
  const shrunk = failure === null ? null : shrink(failure, report);
  return {
    json: {
      seed: result.from,
      mode: report.mode,
      schedules: result.schedules,
      threads,
      seconds,
      schedulesPerSecond: perSecond,
      databaseTransactions: result.steps,
      commits: result.committed,
      aborts: result.aborted,
      inDoubt: result.inDoubt,
      hash: hex(result.hash),
      deterministic: isDeterministic,
      coverage: Object.fromEntries(reached),
      neverReached: reached.filter(([, times]) => times === 0).map(([name]) => name),
      violation: shrunk === null || failure === null ? null : violationJson(failure, shrunk),
    },
    lines: [
      ...figures(session, report, perSecond),
      "",
      ...coverageTable(session, reached),
      "",
      ...(shrunk === null || failure === null
        ? verdict(session, report, reached)
        : violationLines(session, { failure, shrunk, mode: report.mode })),
    ],
    exit: failure === null && isDeterministic ? 0 : 1,
  };
}

function figures(session: Session, { campaign, mode }: CampaignReport, rate: number): string[] {
  const { result, seconds, threads } = campaign;
  const { simulate: says } = session.language.texts;
  const number = (value: number) => count(value, session);
  const again = campaign.isDeterministic ? says.sameAgain : says.notSame;
  return [
    says.what(number(result.schedules), String(result.from), says.modes[mode]),
    ...facts([
      [says.rate, says.perSecond(number(rate), seconds.toFixed(1), threads)],
      [says.transactions, number(result.steps)],
      [says.commits, number(result.committed)],
      [says.aborts, number(result.aborted)],
      [says.inDoubt, number(result.inDoubt)],
      [says.violations, result.failure === null ? "0" : "1"],
      [says.hash, `${hex(result.hash)} (${again})`],
    ]),
  ];
}

type ReachedState = readonly [name: string, times: number];

/** The register's states belong to its mode only. */
function reachedStates({ campaign, mode }: CampaignReport): ReachedState[] {
  const { coverage } = campaign.result;
  return REACHABLE.filter((name) => mode !== "local" || !name.startsWith("register")).map(
    (name) => [name, coverage[name]],
  );
}

function coverageTable(session: Session, reached: readonly ReachedState[]): string[] {
  const { simulate: says } = session.language.texts;
  return table(
    [says.state, { right: says.times }],
    reached.map(([name, times]) => [name, times === 0 ? says.never : count(times, session)]),
  );
}

function verdict(
  session: Session,
  { campaign }: CampaignReport,
  reached: readonly ReachedState[],
): string[] {
  const { simulate: says } = session.language.texts;
  const missed = reached.filter(([, times]) => times === 0).length;
  return [
    ...(missed === 0 ? [] : [says.neverReached(missed)]),
    campaign.isDeterministic ? says.pass(count(campaign.result.schedules, session)) : says.notSame,
  ];
}

function shrink(failure: ScheduleResult, { mode, resources }: CampaignReport): ScheduleResult {
  return shrinkSchedule(failure, { resources, decider: mode });
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}
