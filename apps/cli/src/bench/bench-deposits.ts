import type { DepositBench, DepositRound, MeasureStep, Spread } from "@pacto/testbed/bench";
import { readWhole } from "../arguments/scalars.ts";
import { Unreachable } from "../exit.ts";
import { table } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface BenchOptions {
  readonly rounds?: string;
  readonly seconds?: string;
  readonly callers?: string;
}

/** Deposits on one bank beside pgbench; takes about half a minute, on books of its own. */
export async function benchDeposits(session: Session, options: BenchOptions): Promise<Told> {
  const { measureDeposits, PgbenchMissing, TooBusy } = await import("@pacto/testbed/bench");
  const { language } = session;
  const rounds = readWhole(options.rounds ?? "3", [3, 100], language);
  const secondsPerRound = readWhole(options.seconds ?? "5", [1, 600], language);
  const callers = readWhole(options.callers ?? "32", [1, 256], language);
  const { databaseUrl } = session;
  try {
    const bench = await measureDeposits({
      ...{ rounds, secondsPerRound, callers, signal: session.signal },
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      progress: (step) => session.progress(progressLine(step, session)),
    });
    return { json: bench, lines: benchLines(bench, session) };
  } catch (error) {
    const { errors } = language.texts;
    if (error instanceof PgbenchMissing) throw new Unreachable(errors.pgbenchMissing);
    if (error instanceof TooBusy) throw new Unreachable(errors.tooBusy);
    throw error;
  }
}

function progressLine(step: MeasureStep, { language }: Session): string {
  const { bench } = language.texts;
  switch (step.kind) {
    case "starting":
      return bench.starting;
    case "warming-up":
      return bench.warmingUp(step.seconds);
    case "round":
      return bench.round(step.number, roundText(step.round));
  }
}

function roundText({ pacto, pgbench, ratio }: DepositRound): string {
  return `pacto ${whole(pacto)}/s, pgbench ${whole(pgbench)}/s, ${ratio.toFixed(2)}`;
}

function benchLines(result: DepositBench, { language }: Session): string[] {
  const { bench } = language.texts;
  const right = ["min", "median", "max"].map((name) => ({ right: name }));
  return [
    bench.what(result.callers, result.secondsPerRound, result.rounds.length),
    `${result.pgbenchVersion}; ${bench.sameEntries}`,
    "",
    ...table(
      ["", ...right],
      [
        [bench.pacto, ...spreadCells(result.pacto, whole)],
        [bench.pgbench, ...spreadCells(result.pgbench, whole)],
        [bench.ratio, ...spreadCells(result.ratio, (ratio) => ratio.toFixed(2))],
      ],
    ),
    "",
    bench.latency(result.p50Ms.toFixed(1), result.p99Ms.toFixed(1)),
    ...result.engine.map((use) =>
      bench.engine(use.callers, use.commandsPerBatch.toFixed(1), use.statementsPerBatch.toFixed(1)),
    ),
  ];
}

function spreadCells({ min, median, max }: Spread, text: (number: number) => string): string[] {
  return [min, median, max].map(text);
}

function whole(number: number): string {
  return String(Math.round(number));
}
