import { type ScheduleResult, traceAsMermaid, traceAsText } from "@pacto/atomic-commit/simulator";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import type { Mode } from "./job.ts";

/** A schedule that broke a law, as text and as a diagram. Exit 1. */
export function tellViolation(session: Session, failure: ScheduleResult, mode: Mode): Told {
  return {
    json: { mode, violation: violationJson(failure, failure) },
    lines: violationLines(session, { failure, shrunk: failure, mode }),
    exit: 1,
  };
}

interface Found {
  readonly failure: ScheduleResult;
  /** The same law broken by the shortest schedule found. */
  readonly shrunk: ScheduleResult;
  readonly mode: Mode;
}

export function violationJson(failure: ScheduleResult, shrunk: ScheduleResult): object {
  const { seed, violation } = failure;
  return { seed, ...violation, events: shrunk.events, mermaid: traceAsMermaid(shrunk.events) };
}

export function violationLines({ language }: Session, { failure, shrunk, mode }: Found): string[] {
  const { simulate: says } = language.texts;
  const { events } = shrunk;
  const modeOption = mode === "mixed" ? "" : ` --mode ${mode}`;
  const drawn = [says.shrunk, traceAsText(events), "", "```mermaid", traceAsMermaid(events), "```"];
  return [
    ...(events.length === 0 ? [] : [...drawn, ""]),
    says.fail(String(failure.seed), failure.violation?.message ?? ""),
    says.again(`pacto simulate --seed ${failure.seed} --schedules 1${modeOption}`),
  ];
}
