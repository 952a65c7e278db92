import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ChaosFault, ChaosReport, MonkeyMode } from "@pacto/testbed/chaos";
import { formatReais } from "@pacto/banking";
import { readWhole } from "../arguments/scalars.ts";
import { WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";
import { table } from "../output/layout.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { runInNamespace } from "./run-in-namespace.ts";

export interface ChaosOptions {
  readonly minutes?: string;
  readonly seed?: string;
  readonly faults?: string;
  readonly tellers?: string;
  readonly sequential?: boolean;
  readonly parallel?: boolean;
  readonly folder?: string;
}

/** A run this long must reach every crash point that it can plant, or it fails. */
const LONG_MINUTES = 10;

/**
 * Breaks a consortium of its own, never the one that `npm start` runs. Exit 0 only when every law
 * held and a long run reached all that it must; 1 otherwise.
 */
export async function chaos(session: Session, options: ChaosOptions): Promise<Told> {
  const says = session.language.texts.chaos;
  if (options.sequential === true && options.parallel === true) throw new WrongUsage(says.oneMode);
  const wish = await readWish(options, session.language);
  await runInNamespace(session, wish);
  const isKept = options.folder !== undefined;
  const dataDir = resolve(options.folder ?? (await mkdtemp(join(tmpdir(), "pacto-chaos-"))));
  await mkdir(dataDir, { recursive: true });
  session.progress(says.starting(dataDir));
  const told =
    wish.mode === undefined
      ? await breakEverything(session, dataDir, wish)
      : await sendMonkeys(session, dataDir, wish.mode);
  const isEvidence = told.exit !== 0;
  if (isKept || isEvidence) return { ...told, lines: [...told.lines, says.kept(dataDir)] };
  await rm(dataDir, { recursive: true, force: true });
  return told;
}

export interface Wish {
  readonly mode: MonkeyMode | undefined;
  readonly minutes: number;
  readonly seed: number;
  readonly tellers: number;
  readonly faults: readonly ChaosFault[] | undefined;
}

async function readWish(options: ChaosOptions, language: Language): Promise<Wish> {
  const { sequential, parallel, faults } = options;
  return {
    mode: sequential === true ? "sequential" : parallel === true ? "parallel" : undefined,
    minutes: readWhole(options.minutes ?? "2", [1, 10_000], language),
    seed: readWhole(options.seed ?? String(Date.now() % 1_000_000), [0, 999_999_999], language),
    tellers: readWhole(options.tellers ?? "24", [1, 500], language),
    faults: faults === undefined ? undefined : await readFaults(faults, language),
  };
}

async function readFaults(text: string, { texts }: Language): Promise<ChaosFault[]> {
  const { chaosFaults, diskFaults, namespaceFaults } = await import("@pacto/testbed/chaos");
  const all = [...chaosFaults, ...diskFaults, ...namespaceFaults];
  return text.split(",").map((name) => {
    const fault = all.find((known) => known === name.trim());
    if (fault === undefined) throw new WrongUsage(texts.chaos.badFault(name, all.join(", ")));
    return fault;
  });
}

async function breakEverything(session: Session, dataDir: string, wish: Wish): Promise<Told> {
  const { mustBeReached, runChaos } = await import("@pacto/testbed/chaos");
  const says = session.language.texts.chaos;
  const { minutes, seed, tellers, faults } = wish;
  const report = await runChaos({
    dataDir,
    seed,
    tellers,
    seconds: minutes * 60,
    ...(faults === undefined ? {} : { faults }),
    ...(minutes >= LONG_MINUTES && faults === undefined ? { mustReach: mustBeReached } : {}),
    onRound: (round) => session.progress(says.round(round)),
    signal: session.signal,
  });
  const again = ["pacto chaos", `--minutes ${minutes}`, `--seed ${seed}`, `--tellers ${tellers}`];
  if (faults !== undefined) again.push(`--faults ${faults.join(",")}`);
  return {
    json: report,
    lines: [...chaosLines(report, session.language), says.again(again.join(" "))],
    exit: report.passed ? 0 : 1,
  };
}

function chaosLines(report: ChaosReport, { texts: { chaos: says } }: Language): string[] {
  const { seed, rounds, done, reached, notReached, violations } = report;
  return [
    says.what(seed, rounds),
    "",
    ...counts(says.done, says.times, done),
    "",
    ...counts(
      says.reached,
      says.times,
      reached.filter(([, count]) => count > 0),
    ),
    ...(notReached.length > 0 ? ["", says.neverReached(notReached.join(", "))] : []),
    "",
    says.slowest(report.slowestHealingMs),
    ...violations.map((violation) => `  ${violation}`),
    report.passed
      ? says.pass
      : violations.length > 0
        ? says.fail(violations.length)
        : says.failNotReached,
  ];
}

function counts(
  name: string,
  times: string,
  rows: readonly (readonly [string, number])[],
): string[] {
  return table(
    [name, { right: times }],
    rows.map(([what, count]) => [what, String(count)]),
  );
}

async function sendMonkeys(session: Session, dataDir: string, mode: MonkeyMode): Promise<Told> {
  const { runMonkeys } = await import("@pacto/testbed/chaos");
  const { locale, texts } = session.language;
  const says = texts.chaos;
  const report = await runMonkeys({ mode, dataDir });
  const { clients, answered, unanswered, committed, sumCentavos, violations, passed } = report;
  return {
    json: report,
    lines: [
      says.monkeys(clients, answered, unanswered),
      says.committed(committed),
      ...violations.map((violation) => `  ${violation}`),
      says.sum(formatReais(sumCentavos, locale)),
      passed ? says.monkeysPass : says.monkeysFail,
    ],
    exit: passed ? 0 : 1,
  };
}
