import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { type Comparison, meets, type Target } from "../comparison.ts";
import { runCallers } from "../load/callers.ts";
import { uniform } from "../load/choose-account.ts";
import { deposit, single } from "../load/requests.ts";
import { spreadOf } from "../spread.ts";
import type { Work } from "./work.ts";

const IDLE_MEGABYTES: Target = { kind: "at-most", value: 120 };
const BUSY_MEGABYTES: Target = { kind: "at-most", value: 350 };
/** By then a node has given back what its start needed. */
const QUIET_MAX_MS = 20_000;
const LOOK_AGAIN_MS = 500;
const ACCOUNTS = 1_000;
/** A bank that did no other work of this run: what it holds is what these rounds made it hold. */
const OWN_ACCOUNTS = ACCOUNTS + 5;

/**
 * Resident memory of a bank's node: idle after its start, and the most under 256 callers. The first
 * list that is read loads Prisma's query compiler, some 80 MB more, which stay.
 */
export const memory: Work = {
  name: "memory",
  isLong: false,
  async run({ stage, pace, signal }) {
    const idle = await idleMegabytes(await stage.untouched(), signal);
    const bank = await stage.bank(OWN_ACCOUNTS);
    const [choose, wire] = [uniform(bank.accounts), bank.wire(256)];
    const busy: number[] = [];
    for (let round = 0; round < pace.rounds; round += 1) {
      signal.throwIfAborted();
      const options = { callers: 256, seconds: pace.seconds };
      await runCallers((at) => wire.send(single(deposit(choose(at)))), options);
      busy.push(await residentMegabytes(bank.pid));
    }
    await wire.close();
    return [
      againstBound("memory of an idle node, against 120 MB", [idle], IDLE_MEGABYTES),
      againstBound("memory under 256 callers, against 350 MB", busy, BUSY_MEGABYTES),
    ];
  },
};

/** The least that it holds while nobody calls. */
async function idleMegabytes(pid: number, signal: AbortSignal): Promise<number> {
  const until = performance.now() + QUIET_MAX_MS;
  let least = await residentMegabytes(pid);
  while (least > IDLE_MEGABYTES.value && performance.now() < until) {
    await delay(LOOK_AGAIN_MS, undefined, { signal });
    least = Math.min(least, await residentMegabytes(pid));
  }
  return least;
}

function againstBound(name: string, megabytes: readonly number[], bound: Target): Comparison {
  const ours = spreadOf(megabytes);
  const { value } = bound;
  return {
    name,
    unit: "megabytes",
    ours,
    rounds: megabytes.length,
    reference: spreadOf([value]),
    ratio: spreadOf(megabytes.map((each) => each / value)),
    target: { kind: "at-most", value: 1 },
    isMet: meets(ours.max, bound),
  };
}

/** As Linux tells it. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return Number(kilobytes ?? Number.NaN) / 1_000;
}
