import type { StatusOutput } from "@pacto/contract";
import {
  type BankHealth,
  type Observation,
  observe,
  pollDelayMs,
  unknownHealth,
} from "./health.ts";

export type HealthByBank = ReadonlyMap<string, BankHealth>;

/**
 * Asks every bank for its status each second while the page is visible, each bank on its own so
 * that one that hangs delays no other.
 */
export class HealthWatch {
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #banks: readonly string[];
  #health: HealthByBank;
  #running = false;

  constructor(banks: readonly string[]) {
    this.#banks = banks;
    this.#health = new Map(banks.map((bank) => [bank, unknownHealth]));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes, as useSyncExternalStore asks. */
  readonly snapshot = (): HealthByBank => this.#health;

  start(): () => void {
    this.#running = true;
    document.addEventListener("visibilitychange", this.#onVisibility);
    this.#onVisibility();
    return () => {
      this.#running = false;
      document.removeEventListener("visibilitychange", this.#onVisibility);
      this.#pause();
    };
  }

  readonly #onVisibility = (): void => {
    this.#pause();
    if (document.hidden) return;
    for (const bank of this.#banks) void this.#poll(bank);
  };

  #pause(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #poll(bank: string): Promise<void> {
    const startedAt = Date.now();
    const seen = await askStatus(bank);
    if (!this.#running) return;
    const health = observe(this.#health.get(bank) ?? unknownHealth, seen);
    this.#health = new Map(this.#health).set(bank, health);
    for (const listener of this.#listeners) listener();
    if (document.hidden || this.#timers.has(bank)) return;
    const delayMs = Math.max(0, pollDelayMs(health) - (Date.now() - startedAt));
    const timer = setTimeout(() => {
      this.#timers.delete(bank);
      void this.#poll(bank);
    }, delayMs);
    this.#timers.set(bank, timer);
  }
}

async function askStatus(bank: string): Promise<Observation> {
  const startedAt = performance.now();
  try {
    const answer = await fetch(`/api/banks/${bank}/status`, { cache: "no-store" });
    const at = Date.now();
    if (answer.status === 502) return { kind: "refused", at };
    const body: unknown = await answer.json();
    if (!isStatus(body)) return { kind: "silent", at };
    return { kind: "answered", at, latencyMs: performance.now() - startedAt, status: body };
  } catch {
    return { kind: "silent", at: Date.now() };
  }
}

/** Enough to tell a status from an error; the node validates its own output. */
function isStatus(body: unknown): body is StatusOutput {
  return typeof body === "object" && body !== null && "inDoubt" in body && "ready" in body;
}
