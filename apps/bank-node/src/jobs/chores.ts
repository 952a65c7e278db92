import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { runDueApprovals } from "../approvals/carry-out.ts";
import { sealNext } from "../audit/chain/seal.ts";
import { watchOthers } from "../audit/chain/watch.ts";
import type { Bank } from "../context.ts";
import { compareDirectories } from "../pix/catch-up.ts";
import { monthlyInterest } from "../interest/run-interest.ts";
import { runDueAgreements } from "../pix/run-due.ts";
import { dailyLoanCharges } from "../loans/charge-loans.ts";
import { deliverWebhook } from "../pix/webhooks/deliver.ts";
import { runDuePlans } from "../plans/run-due.ts";
import { deliverWebhooks } from "../webhooks/deliver.ts";
import { runDueJob } from "./run-due.ts";

/** How often due work is looked for when there was none. */
const POLL_MS = 500;
/** How often the directories of PIX keys are compared: as often as the banks look at each other. */
const COMPARE_MS = 3_000;

export interface Chores {
  start(): void;
  /** Resolves when what is under way has come to a point where it can be taken up again. */
  stop(): Promise<void>;
}

/**
 * What a bank does without being asked: planned transfers and long jobs. Rows say when they are
 * due, any process of the bank takes them (`SKIP LOCKED`), and nothing lives in its memory.
 */
export function createChores(bank: Bank, onError: (error: unknown, about: string) => void): Chores {
  const stopping = new AbortController();
  // Every chore listens while it rests.
  setMaxListeners(0, stopping.signal);
  let loop: Promise<void[]> | undefined;

  async function repeat(
    work: (bank: Bank, signal: AbortSignal) => Promise<boolean>,
    about: string,
    everyMs = POLL_MS,
  ): Promise<void> {
    while (!stopping.signal.aborted) {
      const hadWork = await work(bank, stopping.signal).catch((error: unknown) => {
        onError(error, about);
        return false;
      });
      if (hadWork) continue;
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  /** For what need not happen while a bank comes up. */
  async function repeatLater(...[work, about, everyMs]: Parameters<typeof repeat>): Promise<void> {
    await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    await repeat(work, about, everyMs);
  }

  return {
    start() {
      loop ??= Promise.all([
        repeat(runDuePlans, "planned transfers"),
        repeat(runDueJob, "long jobs"),
        repeat(compareDirectories, "directory of PIX keys", COMPARE_MS),
        repeat(dailyLoanCharges(), "charges on loans"),
        repeat(monthlyInterest(), "interest of the month"),
        repeat(deliverWebhooks, "webhooks"),
        repeat(runDueAgreements, "PIX agreements"),
        repeat(deliverWebhook, "webhooks"),
        repeat(runDueApprovals, "approved requests"),
        repeatLater(sealNext, "sealing the audit", bank.audit.everyMs),
        repeatLater(watchOthers, "watching over other banks' audit", bank.audit.everyMs),
      ]);
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
