import { randomUUID } from "node:crypto";
import { createTransfer, type Door } from "../chaos/perform.ts";
import type { Composite } from "./composites.ts";

export interface LoadOptions {
  /** The next composite, or null while no two banks have told their accounts. */
  readonly next: () => Composite | null;
  readonly door: (bank: string) => Door;
}

export interface LoadCounts {
  readonly perSecond: number;
  readonly sent: number;
  readonly committed: number;
  readonly aborted: number;
  readonly open: number;
  readonly medianMs: number | null;
}

interface Sent {
  readonly key: string;
  readonly composite: Composite;
  readonly at: number;
}

const TICK_MS = 50;
const ASK_AGAIN_MS = 1_000;
const IN_FLIGHT_MAX = 400;
const WAIT_MS = 5_000;
const TIMEOUT_MS = 8_000;
const REMEMBERED_TIMES = 500;

/**
 * Composites at a steady pace. What was answered with "in progress" or not at all is asked for
 * again under its key until an outcome is heard: no count is a guess.
 */
export class Load {
  readonly #options: LoadOptions;
  readonly #open = new Map<string, Sent>();
  readonly #times: number[] = [];
  readonly #run = randomUUID();
  #perSecond = 0;
  #owed = 0;
  #sent = 0;
  #committed = 0;
  #aborted = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  counts(): LoadCounts {
    const times = this.#times.toSorted((one, other) => one - other);
    return {
      perSecond: this.#perSecond,
      sent: this.#sent,
      committed: this.#committed,
      aborted: this.#aborted,
      open: this.#open.size,
      medianMs: times[Math.floor(times.length / 2)] ?? null,
    };
  }

  setPace(perSecond: number): void {
    this.#perSecond = perSecond;
    this.#owed = 0;
    clearInterval(this.#timer);
    if (perSecond > 0) this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  close(): void {
    this.#isClosed = true;
    this.setPace(0);
  }

  #tick(): void {
    this.#owed += (this.#perSecond * TICK_MS) / 1_000;
    for (; this.#owed >= 1; this.#owed -= 1) {
      const composite = this.#open.size < IN_FLIGHT_MAX ? this.#options.next() : null;
      if (composite === null) continue;
      this.#sent += 1;
      const key = `pacto-lab:${this.#run}:${this.#sent}`;
      const sent = { key, composite, at: performance.now() };
      this.#open.set(key, sent);
      void this.#follow(sent);
    }
  }

  async #follow({ key, composite, at }: Sent): Promise<void> {
    const { coordinator, from, to } = composite;
    while (!this.#isClosed) {
      const door = this.#options.door(coordinator);
      const ask = { key, waitMs: WAIT_MS, timeoutMs: TIMEOUT_MS };
      const outcome = await createTransfer(door, { from: [...from], to: [...to] }, ask);
      const state = outcome.kind === "answer" ? outcome.value.state : outcome.kind;
      if (state === "committed" || state === "aborted" || state === "refused") {
        this.#open.delete(key);
        if (state !== "committed") this.#aborted += 1;
        else this.#noteCommit(performance.now() - at);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS).unref());
    }
  }

  #noteCommit(ms: number): void {
    this.#committed += 1;
    this.#times.push(ms);
    if (this.#times.length > REMEMBERED_TIMES) this.#times.shift();
  }
}
