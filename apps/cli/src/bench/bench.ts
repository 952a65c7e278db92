import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { BenchReport, BenchStep, Comparison } from "@pacto/testbed/bench";
import { readWhole } from "../arguments/scalars.ts";
import { Unreachable, WrongUsage } from "../exit.ts";
import { table } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

export interface BenchOptions {
  readonly quick?: boolean;
  readonly works?: string;
  readonly rounds?: string;
  readonly save?: string;
}

/** Pacto beside its references, in turns in one run, on books of its own; `--quick` in 3 minutes. */
export async function bench(session: Session, options: BenchOptions): Promise<Told> {
  const { runBench, workNames, drawChart, PgbenchMissing, TooBusy } =
    await import("@pacto/testbed/bench");
  const { language } = session;
  const { errors, bench: says } = language.texts;
  const works = options.works?.split(",");
  const unknown = works?.find((name) => !workNames.includes(name));
  if (unknown !== undefined) throw new WrongUsage(says.unknownWork(unknown, workNames.join(", ")));
  const rounds =
    options.rounds === undefined ? undefined : readWhole(options.rounds, [1, 100], language);
  try {
    const report = await runBench({
      isQuick: options.quick === true,
      ...(works === undefined ? {} : { works }),
      ...(rounds === undefined ? {} : { rounds }),
      signal: session.signal,
      progress: (step) => session.progress(progressLine(step, session)),
    });
    const saved = await save(report, drawChart(report), options.save);
    return { json: report, lines: [...reportLines(report, session), ...saved.map(says.saved)] };
  } catch (error) {
    if (error instanceof PgbenchMissing) throw new Unreachable(errors.pgbenchMissing);
    if (error instanceof TooBusy) throw new Unreachable(errors.tooBusy);
    throw error;
  }
}

async function save(report: BenchReport, chart: string, name?: string): Promise<string[]> {
  if (name === undefined) return [];
  const files = [`${resolve(name)}.json`, `${resolve(name)}.svg`] as const;
  await writeFile(files[0], `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(files[1], chart);
  return [...files];
}

function progressLine(step: BenchStep, { language }: Session): string {
  const { bench: says } = language.texts;
  switch (step.kind) {
    case "work":
      return says.measuring(step.name);
    case "progress":
      return `  ${step.text}`;
    case "measured":
      return `  ${step.comparison.name}: ${step.comparison.ratio.median.toFixed(2)}`;
  }
}

function reportLines(
  { comparisons, pace, seconds, pgbenchVersion }: BenchReport,
  session: Session,
) {
  const { bench: says } = session.language.texts;
  const right = (name: string) => ({ right: name });
  const heads = [says.ours, says.reference, says.ratio, says.leastToMost, says.target];
  return [
    says.what(pace.rounds, pace.seconds, seconds),
    pgbenchVersion,
    "",
    ...table(
      ["", ...heads.map(right), ""],
      comparisons.map((each) => row(each, session)),
    ),
  ];
}

function row(comparison: Comparison, { language }: Session): string[] {
  const { name, ours, reference, ratio, target, isMet } = comparison;
  const { bench: says } = language.texts;
  const sign = target?.kind === "at-most" ? "≤" : "≥";
  return [
    name,
    figure(ours.median, comparison),
    figure(reference.median, comparison),
    ratio.median.toFixed(2),
    `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`,
    target === null ? "" : `${sign} ${target.value}`,
    isMet === null ? "" : isMet ? says.met : says.missed,
  ];
}

function figure(value: number, { unit }: Comparison): string {
  if (unit === "per-second") return `${Math.round(value)}/s`;
  return unit === "ms" ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} MB`;
}
