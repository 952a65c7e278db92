import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { findServerUser, type ServerUser } from "../../src/postgres/server-user.ts";
import { sendSignal } from "../../src/processes/end-process.ts";
import { waitUntil } from "../../src/processes/wait-until.ts";
import { findProgram } from "./debian.ts";

export interface DaemonOptions {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Whom it runs as, when we are root and it refuses to be. */
  readonly user?: ServerUser | undefined;
}

/** A program of the system that runs beside ours, with all the processes that it starts. */
export class Daemon {
  readonly #options: DaemonOptions;
  #child: ChildProcess | undefined;

  constructor(options: DaemonOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it, and waits until `isReady` says yes. @throws Error with the end of its log */
  async start(isReady: () => Promise<boolean>, withinMs = 30_000): Promise<void> {
    const { program, logFile, environment, user } = this.#options;
    const log = openSync(logFile, "a", 0o600);
    const child = spawn(findProgram(program) ?? program, this.#options.arguments, {
      ...user,
      cwd: "/",
      env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8", ...environment },
      // A group of its own, so that its children are ended with it.
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.#child = child;
    const isUp = await waitUntil(
      async () => (child.exitCode === null ? await isReady() : undefined),
      { timeoutMs: withinMs, everyMs: 100 },
    );
    if (isUp === true) return;
    await this.stop();
    const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15);
    throw new Error(`${program} did not come up:\n${lines.join("\n")}`);
  }

  /** To it alone. */
  signal(signal: NodeJS.Signals): void {
    if (this.#child?.pid !== undefined) sendSignal(this.#child.pid, signal);
  }

  /** SIGTERM, and after ten seconds SIGKILL to all of its processes. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM", 10_000);
  }

  /** SIGKILL to all of its processes, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL", 0);
  }

  async #end(signal: NodeJS.Signals, patienceMs: number): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return;
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    sendSignal(child.pid, "SIGCONT");
    sendSignal(signal === "SIGKILL" ? -child.pid : child.pid, signal);
    await waitUntil(hasEnded, { timeoutMs: patienceMs });
    sendSignal(-child.pid, "SIGKILL");
    await waitUntil(hasEnded, { timeoutMs: 5_000 });
    this.#child = undefined;
  }
}

/** The system's user for programs that refuse to be root; undefined when we are not root. */
export const ordinaryUser = findServerUser;
