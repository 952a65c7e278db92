import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import type { Account } from "../src/chaos/open-accounts.ts";
import { createTransfer, type Door, getTransfer, type Transfer } from "../src/chaos/perform.ts";
import { sendSignal } from "../src/processes/end-process.ts";

/** One composite of the run: two payers at two banks, one receiver at a third. */
export interface Composite {
  readonly key: string;
  readonly door: Door;
  readonly payers: readonly [Account, Account];
  readonly receiver: Account;
  readonly amountCentavos: number;
  /** The bank's last word on it; undefined while there is none. */
  told: Transfer | undefined;
}

/** Each between three accounts in a row, coordinated by the first one's bank. */
export function planComposites(
  count: number,
  accounts: readonly Account[],
  doorOf: (bank: string) => Door,
): Composite[] {
  return Array.from({ length: count }, (_, at) => {
    const [one, two, three] = [0, 1, 2].map((next) => accounts[(at + next) % accounts.length]);
    if (!one || !two || !three) throw new Error("three accounts");
    return {
      key: `composite-${at}`,
      door: doorOf(one.bank),
      payers: [one, two],
      receiver: three,
      amountCentavos: 1 + (at % 7),
      told: undefined,
    };
  });
}

/** Asks under its key, again or for the first time, and keeps what is told. */
export async function ask(composite: Composite): Promise<void> {
  const { key, door, payers, receiver, amountCentavos } = composite;
  const from = payers.map(({ bank, number }) => ({ bank, account: number, amountCentavos }));
  const total = amountCentavos * payers.length;
  const to = [{ bank: receiver.bank, account: receiver.number, amountCentavos: total }];
  const patience = { key, waitMs: 10_000, timeoutMs: 30_000 };
  const outcome = await createTransfer(door, { from, to }, patience);
  if (outcome.kind === "answer") composite.told = outcome.value;
}

export function isDecided({ told }: Composite): boolean {
  return told?.state === "committed" || told?.state === "aborted";
}

/** Whether every bank has applied the outcome; asks the coordinator. */
export async function isSettled(composite: Composite): Promise<boolean> {
  const { door, told } = composite;
  if (told === undefined) throw new Error(`${composite.key} was never answered`);
  const seen = await getTransfer(door, told.id);
  return seen.kind === "answer" && seen.value.settled;
}

/** What the committed ones have brought to an account, in centavos. */
export function changeOf(account: Account, composites: readonly Composite[]): number {
  let change = 0;
  for (const { told, payers, receiver, amountCentavos } of composites) {
    if (told?.state !== "committed") continue;
    for (const payer of payers) if (payer === account) change -= amountCentavos;
    if (receiver === account) change += payers.length * amountCentavos;
  }
  return change;
}

/** kill -9 of a process, of all that it started, and of what these started, at once. */
export function killTree(pid: number): void {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const parents = new Map(
    rows.map((row): [number, number] => {
      const [child = 0, parent = 0] = row.trim().split(/\s+/).map(Number);
      return [child, parent];
    }),
  );
  const doomed = new Set([pid]);
  for (let before = 0; before < doomed.size;) {
    before = doomed.size;
    for (const [child, parent] of parents) if (doomed.has(parent)) doomed.add(child);
  }
  for (const one of doomed) sendSignal(one, "SIGKILL");
}

/** A few at once, each again and again until it is done or the time is over; gives the undone. */
export async function untilAll(
  items: readonly Composite[],
  isDone: (item: Composite) => Promise<boolean>,
  timeoutMs: number,
): Promise<string[]> {
  const endsAt = performance.now() + timeoutMs;
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      if (await isDone(item)) continue;
      waiting.unshift(item);
      if (performance.now() > endsAt) return;
      await delay(50);
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  return waiting.map(({ key }) => key);
}
