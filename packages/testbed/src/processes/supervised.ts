import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { endProcess, sendSignal } from "./end-process.ts";
import { identifyProcess } from "./identity.ts";
import { readPidFile, removePidFile, writePidFile } from "./pid-file.ts";
import { waitUntil } from "./wait-until.ts";

export interface Program {
  /** What messages call it: "Banco Azul". */
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly workingFolder: string;
  /** All that it sees of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of `process.json` and the log. */
  readonly folder: string;
  readonly logName: string;
  /** Whether it can be used; asked until it says yes. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** How long it may take to finish what it began after SIGTERM. */
  readonly stopWithinMs: number;
}

export type ProgramState = "down" | "starting" | "ready" | "paused";

/** How a program ended: `asked` when it was stopped or killed through its handle. */
export interface ProgramEnd {
  readonly asked: boolean;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const LOG_BYTES_MAX = 20_000_000;

/** Whatever it is, it gets this long to finish when a later run finds it. */
const LEFTOVER_STOP_WITHIN_MS = 10_000;

/**
 * Ends the process that an earlier, crashed run left with its record in `folder`; true when there
 * was one.
 */
export async function endLeftover(folder: string): Promise<boolean> {
  const pidFile = pidFileIn(folder);
  const identity = readPidFile(pidFile);
  if (identity === undefined) return false;
  const signal = await endProcess(identity, [
    // A paused one would take no notice of SIGTERM.
    { signal: "SIGCONT", withinMs: 0 },
    { signal: "SIGTERM", withinMs: LEFTOVER_STOP_WITHIN_MS },
    { signal: "SIGKILL", withinMs: 5_000 },
  ]);
  removePidFile(pidFile);
  return signal !== undefined;
}

function pidFileIn(folder: string): string {
  return join(folder, "process.json");
}

/** One program that is started, watched and ended; its process may change, the handle stays. */
export class SupervisedProgram {
  readonly logFile: string;
  #program: Program;
  readonly #pidFile: string;
  readonly #onEnd: (end: ProgramEnd) => void;
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #isAskedToEnd = false;
  #state: ProgramState = "down";

  constructor(program: Program, onEnd: (end: ProgramEnd) => void) {
    this.#program = program;
    this.#onEnd = onEnd;
    this.logFile = join(program.folder, program.logName);
    this.#pidFile = pidFileIn(program.folder);
  }

  get state(): ProgramState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Starts it, by another program if one is given, and waits until it is ready; when it runs it is
   * left as it is.
   * @throws Error with the end of its log when it ends instead, or is not ready in time
   */
  async start(program: Program = this.#program): Promise<void> {
    if (this.#state === "down") {
      this.#program = program;
      await this.#spawn();
    }
    const child = this.#child;
    const outcome = await waitUntil(
      async () => {
        if (child === undefined || child !== this.#child) return "ended";
        return (await this.#program.isReady()) ? "ready" : undefined;
      },
      { timeoutMs: this.#program.readyWithinMs, everyMs: 40 },
    );
    if (outcome === "ready") {
      if (this.#state === "starting") this.#state = "ready";
      return;
    }
    throw new Error(
      `${this.#program.name} ${outcome === "ended" ? "ended while starting" : "is not ready"}. ` +
        `The end of ${this.logFile}:\n${this.lastLines(15)}`,
    );
  }

  /** Lets it finish; a program that takes too long is killed. */
  async stop(): Promise<void> {
    await this.#end(["SIGCONT", "SIGTERM"], this.#program.stopWithinMs);
  }

  /** SIGKILL: no chance to finish anything. */
  async kill(): Promise<void> {
    await this.#end(["SIGKILL"], 5_000);
  }

  /** SIGSTOP: alive, connected and silent (faults S1, D8). */
  pause(): void {
    if (this.#child?.pid === undefined) return;
    sendSignal(this.#child.pid, "SIGSTOP");
    this.#state = "paused";
  }

  resume(): void {
    if (this.#child?.pid === undefined) return;
    sendSignal(this.#child.pid, "SIGCONT");
    this.#state = "ready";
  }

  lastLines(count: number): string {
    return readFileSync(this.logFile, "utf8").trimEnd().split("\n").slice(-count).join("\n");
  }

  async #spawn(): Promise<void> {
    const { command, workingFolder, environment, folder } = this.#program;
    mkdirSync(folder, { recursive: true });
    const log = openLog(this.logFile);
    const child = spawn(command, this.#program.arguments, {
      cwd: workingFolder,
      env: environment,
      // Its own session: Ctrl-C in the terminal reaches the testbed alone, which ends the rest in
      // order.
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.#child = child;
    this.#state = "starting";
    this.#isAskedToEnd = false;
    this.#ended = new Promise<void>((resolve) => {
      child.once("exit", (code, signal) => {
        this.#state = "down";
        this.#child = undefined;
        removePidFile(this.#pidFile);
        this.#onEnd({ asked: this.#isAskedToEnd, code, signal });
        resolve();
      });
    });
    await Promise.race([
      once(child, "spawn"),
      once(child, "error").then(([error]) => {
        throw error;
      }),
    ]);
    const identity = child.pid === undefined ? undefined : await identifyProcess(child.pid);
    if (identity !== undefined && this.#child === child) writePidFile(this.#pidFile, identity);
  }

  async #end(signals: readonly NodeJS.Signals[], withinMs: number): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return;
    this.#isAskedToEnd = true;
    for (const signal of signals) sendSignal(child.pid, signal);
    const late = setTimeout(() => child.kill("SIGKILL"), withinMs);
    await this.#ended;
    clearTimeout(late);
  }
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
  const log = openSync(path, "a", 0o600);
  chmodSync(path, 0o600);
  return log;
}
