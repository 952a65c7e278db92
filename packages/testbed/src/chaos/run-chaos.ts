import { consortiumFiles } from "../consortium/layout.ts";
import { findInLogs, sentencesOf } from "../logs/demand-clean-logs.ts";
import type { ProgramEnd } from "../processes/supervised.ts";
import type { BankProcess } from "./bank-process.ts";
import { mountSmallDisk } from "./break-disk.ts";
import { crashPlans } from "./failpoints.ts";
import { type AccountPlan, openAccounts } from "./open-accounts.ts";
import { createRandom } from "./random.ts";
import { reachable, type Reachable, readReached } from "./reached.ts";
import { runRound } from "./round.ts";
import {
  chaosFaults,
  type ChaosOptions,
  type ChaosReport,
  type RoundReport,
  type Run,
} from "./run.ts";
import { Tally } from "./tally.ts";
import { networkFaults } from "./weather.ts";
import { startWorld } from "./world.ts";

/** What a long run must have reached, or it proves less than it claims. */
export const mustBeReached: readonly string[] = [
  ...crashPlans.map(({ id }) => id),
  ...reachable,
  ...networkFaults.map((fault) => `network: ${fault}`),
];

const ROUND_MS = 120_000;
const OPENING_DEPOSIT = 10_000_000;
const ACCOUNTS_PER_BANK = 4;
const VIOLATIONS_MAX = 50;

/**
 * Real processes and a real PostgreSQL, broken from a seed while tellers with durable journals
 * work, in rounds: break, heal, settle, hold every law and every journal against the books.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const random = createRandom(options.seed);
  const tally = new Tally();
  const violations: string[] = [];
  const onEnd = (process: BankProcess, end: ProgramEnd, plan: string | undefined) =>
    recordEnd({ tally, violations }, { process, end, plan });
  const endings: Array<() => Promise<void>> = [];
  try {
    if (options.faults?.includes("full-disk")) {
      endings.push(await mountSmallDisk(consortiumFiles(options.dataDir).postgres));
    }
    const world = await startWorld({
      dataDir: options.dataDir,
      manifest: options.manifest,
      random: random.fork("world"),
      replicas: { azul: 2, verde: 2 },
      bundle: options.bundle,
      environment: { PACTO_LOG_LEVEL: "warn" },
      onEnd,
    });
    endings.push(() => world.stop());
    const plans = world.banks.flatMap((bank, at) => accountPlans(bank, at));
    const opened = await openAccounts(world, `chaos-${options.seed}`, plans);
    const accounts = opened.map((account, at) => ({
      ...account,
      depositCentavos: plans[at]?.depositCentavos ?? 0,
    }));
    const startedAt = performance.now();
    const run: Run = {
      options,
      world,
      random,
      tally,
      faults: new Set<string>(options.faults ?? chaosFaults),
      accounts,
      violations,
      journals: [],
      now: () => performance.now() - startedAt,
      forgetful: { isNow: false, times: 0 },
    };
    return await runRounds(run);
  } finally {
    while (endings.length > 0) await endings.pop()?.();
  }
}

function accountPlans(bank: string, at: number): AccountPlan[] {
  return Array.from({ length: ACCOUNTS_PER_BANK }, (_, number) => ({
    bank,
    depositCentavos: OPENING_DEPOSIT,
    // One account in each bank is nearly full, so that ceilings refuse.
    ...(number === 3 ? { ceilingCentavos: OPENING_DEPOSIT + 10_000 * (at + 1) } : {}),
  }));
}

async function runRounds(run: Run): Promise<ChaosReport> {
  const { options, violations } = run;
  let leftMs = options.seconds * 1_000;
  let rounds = 0;
  let slowestHealingMs = 0;
  const isOver = () => violations.length > 0 || options.signal?.aborted === true;
  while (leftMs > 0 && !isOver()) {
    const ms = leftMs < ROUND_MS * 1.5 ? leftMs : ROUND_MS;
    leftMs -= ms;
    rounds += 1;
    const healingMs = await runRound(run, rounds, ms);
    slowestHealingMs = Math.max(slowestHealingMs, healingMs);
    options.onRound?.(roundReport(run, rounds, healingMs));
  }
  violations.push(...sentencesOf(await findInLogs(options.dataDir)));
  const reached = await readReached(run.world);
  const counts = allReached(run, reached);
  const missing = (options.mustReach ?? []).filter((name) => !((counts.get(name) ?? 0) > 0));
  return {
    seed: options.seed,
    passed: violations.length === 0 && missing.length === 0,
    violations: violations.slice(0, VIOLATIONS_MAX),
    done: run.tally.entries.filter(([name]) => !name.startsWith("reached ")),
    reached: [...counts],
    notReached: [...counts].filter(([, count]) => count === 0).map(([name]) => name),
    rounds,
    slowestHealingMs,
    dataDir: options.dataDir,
  };
}

/** A process may die where it was told to; any other death is a defect of ours. */
function recordEnd(
  { tally, violations }: Pick<Run, "tally" | "violations">,
  { process, end, plan }: { process: BankProcess; end: ProgramEnd; plan: string | undefined },
): void {
  if (end.asked) return;
  if (end.signal === "SIGKILL" && plan !== undefined) {
    tally.add("node killed by its failpoint");
    tally.add(`reached ${plan}`);
    return;
  }
  // One that cannot open because the database is down says so, and is started again.
  if (!process.hasBeenReady) return;
  const how = end.signal ?? `exit ${end.code}`;
  violations.push(`${process.name} ended by itself (${how}): ${process.lastLines(3)}`);
}

function allReached(run: Run, reached: ReadonlyMap<Reachable, number>): Map<string, number> {
  const counts = new Map<string, number>(reached);
  for (const { id } of crashPlans) counts.set(id, run.tally.of(`reached ${id}`));
  for (const proxy of run.world.proxies) {
    for (const [what, count] of proxy.counts) {
      const name = `network: ${what}`;
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  return counts;
}

function roundReport({ tally, violations }: Run, round: number, settledMs: number): RoundReport {
  return {
    round,
    nodeKills: tally.of("node killed") + tally.of("node killed by its failpoint"),
    serverKills: tally.of("PostgreSQL killed"),
    committed: tally.of("told committed"),
    aborted: tally.of("told aborted"),
    settledMs,
    violations: violations.length,
  };
}
