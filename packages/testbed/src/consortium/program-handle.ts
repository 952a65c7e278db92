import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Failpoints } from "./bank-program.ts";
import { type Program, type ProgramState, SupervisedProgram } from "../processes/supervised.ts";

/** A running part of a consortium: a bank's node or the dashboard. */
export interface ProgramHandle {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly pid: number | undefined;
  readonly state: ProgramState;
  /** Path of its log; `readLog` gives its text. */
  readonly logFile: string;
  /**
   * Starts it, or waits until it is ready when it is on its way. Failpoints, which only a bank has,
   * are for this one life: the next start is without.
   */
  start(life?: { readonly failpoints?: Failpoints | undefined }): Promise<void>;
  /** SIGTERM, and SIGKILL when it takes too long. It stays down until `start`. */
  stop(): Promise<void>;
  /** SIGKILL. It stays down until `start`. */
  kill(): Promise<void>;
  /** SIGSTOP, until `resume`. */
  pause(): void;
  resume(): void;
  readLog(): Promise<string>;
}

export type ConsortiumEvent =
  | { readonly kind: "leftover-ended"; readonly name: string }
  | { readonly kind: "ready"; readonly name: string; readonly url: string }
  | { readonly kind: "died"; readonly name: string; readonly how: string; readonly logFile: string }
  | { readonly kind: "restarting"; readonly name: string; readonly afterMs: number }
  | { readonly kind: "start-failed"; readonly name: string; readonly message: string };

export interface HandleOptions {
  readonly id: string;
  readonly url: string;
  readonly port: number;
  readonly program: (failpoints?: Failpoints) => Program;
  /** Whether a program that dies by itself is started again. */
  readonly restartsAfterCrash: boolean;
  readonly report: (event: ConsortiumEvent) => void;
  /** Whether what died now stays down, though others are started again. */
  readonly staysDown?: () => boolean;
  /** Told each time it has come to be ready. */
  readonly onReady?: () => Promise<void>;
}

const FIRST_RESTART_MS = 1_000;
const LAST_RESTART_MS = 30_000;
/** A program that lived this long starts its back-off anew. */
const SETTLED_AFTER_MS = 60_000;

/**
 * Starts and ends one program. A crash is reported and, if wished, followed by a restart after
 * 1 s, 2 s, … 30 s; what was stopped or killed through the handle stays down until `start`.
 */
export class RestartingProgram implements ProgramHandle {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly #options: HandleOptions;
  readonly #supervised: SupervisedProgram;
  #restartAfterMs = FIRST_RESTART_MS;
  #startedAt = 0;
  #planned: AbortController | undefined;

  constructor(options: HandleOptions) {
    this.id = options.id;
    const program = options.program();
    this.name = program.name;
    this.url = options.url;
    this.port = options.port;
    this.#options = options;
    this.#supervised = new SupervisedProgram(program, (end) => {
      if (end.asked) return;
      const how = end.signal === null ? `exit code ${end.code}` : end.signal;
      options.report({ kind: "died", name: this.name, how, logFile: this.logFile });
      if (options.restartsAfterCrash && options.staysDown?.() !== true) void this.#restart();
    });
  }

  get pid(): number | undefined {
    return this.#supervised.pid;
  }

  get state(): ProgramState {
    return this.#supervised.state;
  }

  get logFile(): string {
    return this.#supervised.logFile;
  }

  async start(life: { readonly failpoints?: Failpoints | undefined } = {}): Promise<void> {
    this.#planned?.abort();
    this.#startedAt = performance.now();
    await this.#supervised.start(this.#options.program(life.failpoints));
    await this.#options.onReady?.();
    this.#options.report({ kind: "ready", name: this.name, url: this.url });
  }

  async stop(): Promise<void> {
    this.#planned?.abort();
    await this.#supervised.stop();
  }

  async kill(): Promise<void> {
    this.#planned?.abort();
    await this.#supervised.kill();
  }

  pause(): void {
    this.#supervised.pause();
  }

  resume(): void {
    this.#supervised.resume();
  }

  readLog(): Promise<string> {
    return readFile(this.logFile, "utf8").catch(() => "");
  }

  async #restart(): Promise<void> {
    if (performance.now() - this.#startedAt > SETTLED_AFTER_MS) {
      this.#restartAfterMs = FIRST_RESTART_MS;
    }
    const afterMs = this.#restartAfterMs;
    this.#restartAfterMs = Math.min(afterMs * 2, LAST_RESTART_MS);
    this.#options.report({ kind: "restarting", name: this.name, afterMs });
    const planned = new AbortController();
    this.#planned = planned;
    const isDue = await delay(afterMs, true, { signal: planned.signal }).catch(() => false);
    if (!isDue) return;
    // A start that ends in another crash comes back here through the program's end.
    await this.start().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      this.#options.report({ kind: "start-failed", name: this.name, message });
    });
  }
}
