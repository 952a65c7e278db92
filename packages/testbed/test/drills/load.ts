import { setTimeout as delay } from "node:timers/promises";
import type { Operation, Reply } from "../../src/chaos/journal.ts";
import type { Account } from "../../src/chaos/open-accounts.ts";
import { type Door, perform } from "../../src/chaos/perform.ts";

export interface LoadOptions {
  readonly door: Door;
  /** The first pays into the others. */
  readonly accounts: readonly Account[];
  readonly workers: number;
  /** Part of every key. */
  readonly name: string;
}

export interface LoadReport {
  readonly acknowledged: ReadonlyMap<string, Acknowledged>;
  /** Why calls had to be asked again after their first attempt. */
  readonly askedAgain: readonly string[];
  readonly seconds: number;
  /** The longest time in which nobody was answered. */
  readonly longestSilenceMs: number;
}

export interface Acknowledged {
  readonly operation: Operation;
  readonly reply: Omit<Reply, "event" | "key" | "at">;
}

const TIMEOUT_MS = 8_000;
const PAUSE_MS = 100;

/** Workers that deposit and transfer, each asking again under its key until it is answered. */
export function startLoad({ door, accounts, workers, name }: LoadOptions): {
  stop(): Promise<LoadReport>;
} {
  const acknowledged = new Map<string, Acknowledged>();
  const startedAt = performance.now();
  const askedAgain: string[] = [];
  let [isOver, longestSilenceMs, lastAt] = [false, 0, startedAt];

  function answered(): void {
    const now = performance.now();
    longestSilenceMs = Math.max(longestSilenceMs, now - lastAt);
    lastAt = now;
  }

  async function one(key: string, operation: Operation): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await perform(door, operation, { key, waitMs: 5_000, timeoutMs: TIMEOUT_MS });
      if (outcome.kind === "refused") throw new Error(`${key} was refused: ${outcome.code}`);
      if (outcome.kind === "answer" && outcome.value.outcome !== "open") {
        acknowledged.set(key, { operation, reply: outcome.value });
        return answered();
      }
      if (attempt === 0) askedAgain.push(JSON.stringify(outcome));
      await delay(PAUSE_MS);
    }
  }

  async function work(worker: number): Promise<void> {
    for (let round = 0; !isOver; round += 1) {
      await one(
        `${name.replaceAll(" ", "-")}-${worker}-${round}`,
        operationOf(accounts, worker + round),
      );
    }
  }

  const working = Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  // Told by stop(), whenever it is asked for.
  working.catch(() => undefined);
  return {
    async stop() {
      isOver = true;
      await working;
      const seconds = (performance.now() - startedAt) / 1_000;
      return { acknowledged, askedAgain, seconds, longestSilenceMs };
    },
  };
}

function operationOf(accounts: readonly Account[], at: number): Operation {
  const [payer, ...others] = accounts;
  const other = others[at % others.length];
  if (payer === undefined || other === undefined) throw new Error("two accounts at least");
  const { bank } = payer;
  if (at % 2 === 0) return { kind: "deposit", bank, account: payer.number, amountCentavos: 7 };
  const side = (account: Account) => ({
    bank: account.bank,
    account: account.number,
    amountCentavos: 5,
  });
  return { kind: "transfer", bank, from: [side(payer)], to: [side(other)] };
}

/** Keys that are answered otherwise than they were: what was acknowledged has been lost. */
export async function lostOf(door: Door, { acknowledged }: LoadReport): Promise<string[]> {
  const lost: string[] = [];
  const waiting = acknowledged.entries();
  const worker = async () => {
    for (const [key, { operation, reply }] of waiting) {
      const ask = { key, waitMs: 5_000, timeoutMs: 15_000 };
      const again = await perform(door, operation, ask);
      const isSame =
        again.kind === "answer" &&
        again.value.outcome === reply.outcome &&
        again.value.posting === reply.posting &&
        again.value.transaction === reply.transaction;
      if (!isSame) lost.push(`${key}: ${JSON.stringify(reply)}, then ${JSON.stringify(again)}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return lost;
}
