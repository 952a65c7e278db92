import { join } from "node:path";
import { bankProgram, type Failpoints } from "../consortium/bank-program.ts";
import type { Consortium } from "../consortium/start-consortium.ts";
import type { BankDatabase } from "../postgres/bank-database.ts";
import { type ProgramEnd, type ProgramState, SupervisedProgram } from "../processes/supervised.ts";

export interface BankProcessOptions {
  readonly bank: string;
  /** 0 for the first process of the bank. */
  readonly replica: number;
  readonly port: number;
  readonly consortium: Consortium;
  readonly database: BankDatabase;
  readonly bundle?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Told of every end, wanted or not. */
  readonly onEnd?: (process: BankProcess, end: ProgramEnd, plan: string | undefined) => void;
}

/** What one start is told beside what the bank is told anyway. */
export interface BankStart {
  readonly failpoints?: Failpoints;
  /** Names the failpoints when the process ends. */
  readonly plan?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** One process of a bank, which may be told at each start where to die. */
export class BankProcess {
  readonly bank: string;
  readonly replica: number;
  readonly port: number;
  readonly url: string;
  readonly #options: BankProcessOptions;
  #program: SupervisedProgram | undefined;
  #hasBeenReady = false;
  #isPlanted = false;

  constructor(options: BankProcessOptions) {
    this.#options = options;
    this.bank = options.bank;
    this.replica = options.replica;
    this.port = options.port;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  get name(): string {
    return `${this.bank}#${this.replica}`;
  }

  /** Whether its last start came to be ready. */
  get hasBeenReady(): boolean {
    return this.#hasBeenReady;
  }

  get pid(): number | undefined {
    return this.#program?.pid;
  }

  /** Whether its last start was told where to die. */
  get isPlanted(): boolean {
    return this.#isPlanted;
  }

  get state(): ProgramState {
    return this.#program?.state ?? "down";
  }

  /**
   * Starts it and waits until it is ready; with failpoints it may well die before that.
   * @throws Error with the end of its log when it ends instead
   */
  async start({ failpoints = {}, plan, environment = {} }: BankStart = {}): Promise<void> {
    if (this.state !== "down") return;
    this.#hasBeenReady = false;
    this.#isPlanted = Object.keys(failpoints).length > 0;
    const { bank, replica, port, consortium, database, bundle } = this.#options;
    const folder = join(consortium.files.bank(bank).folder, `process-${replica}`);
    const program = bankProgram({
      id: bank,
      name: this.name,
      port,
      files: consortium.files,
      database,
      failpoints,
      bundle,
      environment: { ...this.#options.environment, ...environment },
      folder,
    });
    const started = new SupervisedProgram(program, (end) => this.#options.onEnd?.(this, end, plan));
    this.#program = started;
    await started.start();
    this.#hasBeenReady = true;
  }

  async kill(): Promise<void> {
    await this.#program?.kill();
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  pause(): void {
    this.#program?.pause();
  }

  resume(): void {
    this.#program?.resume();
  }

  lastLines(count: number): string {
    return this.#program?.lastLines(count) ?? "";
  }
}
