import { setTimeout as delay } from "node:timers/promises";
import type { Failpoints } from "../consortium/bank-program.ts";
import type { BankProcess, BankStart } from "./bank-process.ts";
import { crashPlans } from "./failpoints.ts";
import type { Random } from "./random.ts";
import type { Tally } from "./tally.ts";

export interface BreakProcessOptions {
  readonly process: BankProcess;
  /** Other processes of the same bank. */
  readonly siblings: readonly BankProcess[];
  readonly random: Random;
  readonly tally: Tally;
  /** Breaks no more after that; the process is left running. */
  readonly signal: AbortSignal;
  readonly faults: ReadonlySet<string>;
  /** Mean of a process's life between two faults. */
  readonly lifeMs: number;
}

const plantable = crashPlans.filter((plan) => plan.plant !== undefined);
/** Longer than the banks wait for votes. */
const BEYOND_VOTE_DEADLINE_MS = 3_500;

/** The life of one process under chaos: it runs, it is killed or frozen, it comes back. */
export async function breakProcess(options: BreakProcessOptions): Promise<void> {
  const { process, random, signal, tally, faults, lifeMs } = options;
  while (!signal.aborted) {
    await pause(random.between(500, lifeMs * 2), signal);
    if (signal.aborted) break;
    // It may have died by itself where it was told to.
    if (process.state !== "down") await breakOnce(options);
    if (process.state !== "down") continue;
    await pause(downTime(random), signal);
    const plan = random.pick(plantable);
    const isPlanted = faults.has("failpoints") && random.chance(0.5) && !signal.aborted;
    const planted = { plan: plan.id, failpoints: later(plan.plant?.(2) ?? {}, random) };
    await startAgain(process, tally, isPlanted ? planted : undefined);
  }
  if (process.state === "down") await startAgain(process, tally);
}

async function breakOnce(options: BreakProcessOptions): Promise<void> {
  const { process, siblings, random, tally, faults, signal } = options;
  if (faults.has("pause") && (!faults.has("kill") || random.chance(0.25))) {
    const ms = random.between(100, 8_000);
    process.pause();
    tally.add("node paused");
    await pause(ms, signal);
    process.resume();
    if (ms > BEYOND_VOTE_DEADLINE_MS) tally.add("reached P8");
    return;
  }
  if (!faults.has("kill")) return;
  const times = random.chance(0.06) ? random.between(3, 6) : 1;
  for (let time = 1; time <= times && !signal.aborted; time += 1) {
    await process.kill();
    tally.add("node killed");
    if (time === times) break;
    // Not awaited until it is ready: it dies while it recovers (K13).
    const starting = process.start().catch(() => undefined);
    await pause(random.between(200, 2_000), signal);
    await process.kill();
    tally.add("node killed");
    await starting;
    if (time >= 2) tally.add("reached K13");
  }
  if (siblings.some(({ state }) => state === "ready")) tally.add("reached K11");
  if (siblings.length === 0 && random.chance(0.05)) {
    tally.add("reached K12");
    await pause(random.between(8_000, 20_000), signal);
  }
}

/** Somewhere in the life of the process, not at its first transaction. */
function later(plan: Failpoints, random: Random): Failpoints {
  const offset = random.chance(0.3) ? 0 : random.between(0, 15);
  return Object.fromEntries(
    Object.entries(plan).map(([name, point]) => [
      name,
      { ...point, hit: (point.hit ?? 1) + offset },
    ]),
  );
}

/** Until it stands: the database may be down, and a planted failpoint may kill it at once. */
export async function startAgain(
  process: BankProcess,
  tally: Tally,
  planted: BankStart = {},
): Promise<void> {
  for (let attempt = 0; process.state !== "ready"; attempt += 1) {
    try {
      await process.start(attempt === 0 ? planted : {});
      tally.add("node started");
    } catch {
      tally.add("node start failed");
      await delay(200);
    }
  }
}

function downTime(random: Random): number {
  return random.chance(0.15) ? random.between(2_000, 8_000) : random.between(0, 800);
}

/** Over when the time is, or when the run ends. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
