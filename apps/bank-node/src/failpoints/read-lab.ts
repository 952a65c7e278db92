import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type LabPlan, labPlan, labReached, type LinkState } from "@pacto/contract";
import type { Journey, Passage } from "../peers/passage.ts";
import type { CrashPoint } from "./crash-point.ts";

/** How long a plan is taken to be unchanged: looking costs a system call at every step. */
export const PLAN_KEPT_MS = 20;
const PAUSE_MS = 5_000;
const SLOW_MS = 1_000;

export interface Lab {
  readonly crashPoint: CrashPoint;
  readonly passage: Passage;
}

/**
 * What the Lab of a local consortium asks of this process, in a file that is read again while the
 * process runs. That a failpoint was reached is written to `${file}.reached` first, so that it
 * works once, whatever becomes of the process.
 */
export function readLab(file: string): Lab {
  const plan = planIn(file);
  return {
    async crashPoint(name, transactionId) {
      const { failpoint } = plan();
      if (failpoint?.name !== name || hasReached(file, failpoint.arming)) return;
      const { arming } = failpoint;
      const reached = { arming, at: new Date().toISOString(), transaction: transactionId ?? null };
      writeFileSync(`${file}.reached`, JSON.stringify(reached), { mode: 0o600 });
      if (failpoint.action === "pause") return sleep(PAUSE_MS);
      process.kill(process.pid, failpoint.action === "kill" ? "SIGKILL" : "SIGSTOP");
      // The signal arrives at once, yet after a kill nothing may run.
      return failpoint.action === "kill" ? new Promise(() => undefined) : undefined;
    },
    passage: (journey) => travel(plan().links[journey.bank] ?? "fine", journey),
  };
}

function planIn(file: string): () => LabPlan {
  let plan: LabPlan = { failpoint: null, links: {} };
  let lookedAt = Number.NEGATIVE_INFINITY;
  let changedAt = 0;
  return () => {
    const now = performance.now();
    if (now - lookedAt < PLAN_KEPT_MS) return plan;
    lookedAt = now;
    const found = statSync(file, { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs !== changedAt) {
      plan = labPlan.parse(JSON.parse(readFileSync(file, "utf8")));
      changedAt = found.mtimeMs;
    }
    return plan;
  };
}

function hasReached(file: string, arming: string): boolean {
  const path = `${file}.reached`;
  if (!existsSync(path)) return false;
  return labReached.parse(JSON.parse(readFileSync(path, "utf8"))).arming === arming;
}

async function travel<Outcome>(link: LinkState, journey: Journey<Outcome>): Promise<Outcome> {
  const { send, timeoutMs, lost } = journey;
  const startedAt = performance.now();
  const left = () => Math.max(0, timeoutMs - (performance.now() - startedAt));
  switch (link) {
    case "fine":
      return send(timeoutMs);
    case "slow":
      await sleep(Math.min(SLOW_MS, timeoutMs));
      return left() === 0 ? lost : send(left());
    case "twice": {
      const copies = await Promise.all([send(timeoutMs), send(timeoutMs)]);
      // The receiver takes one of the two and knows the other for a copy.
      return copies.find(isTaken) ?? copies[0];
    }
    case "deaf":
      await send(timeoutMs);
      await sleep(left());
      return lost;
    case "cut":
      await sleep(timeoutMs);
      return lost;
  }
}

function isTaken(outcome: unknown): boolean {
  const status = (outcome as { readonly status?: number } | undefined)?.status;
  return status === undefined || status === 200;
}
