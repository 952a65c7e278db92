import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import {
  DATABASE_PART,
  type LabAct,
  type LabPlan,
  type LabRecording,
  type LabState,
  type LinkState,
} from "@pacto/contract";
import { createTransfer, type Door } from "../chaos/perform.ts";
import type { DatabaseHandle } from "../consortium/database.ts";
import type { ProgramHandle } from "../consortium/program-handle.ts";
import type { TokenSource } from "../consortium/staff-tokens.ts";
import { type Composite, Composites, openLabAccount } from "./composites.ts";
import { Load } from "./load.ts";
import { forgetPlan, readPlan, readReached, writePlan } from "./plans.ts";
import { giveDatabase, takeDatabase } from "./take-database.ts";

export interface LabOptions {
  readonly banks: readonly ProgramHandle[];
  readonly database: DatabaseHandle | undefined;
  /** The file of a bank's plan. */
  readonly planOf: (bank: string) => string;
  readonly tokenOf: (bank: string) => TokenSource;
}

/** Longer than a process takes its plan to be unchanged: what is asked for works from then on. */
const HEEDED_MS = 60;
const SEND_TIMEOUT_MS = 5_000;

/**
 * The Lab of a local consortium: it breaks banks, databases and links as it is told, sends
 * composites drawn from a seed, and keeps what was done so that it can be done again.
 */
export class Lab {
  readonly #options: LabOptions;
  readonly #accounts = new Map<string, string>();
  readonly #taken = new Set<string>();
  #databaseState: "up" | "down" | "paused" = "up";
  #composites = new Composites(1);
  #load = this.#newLoad();
  #recording: LabRecording = { seed: 1, acts: [] };
  #startedAt = performance.now();
  #latest: LabState["latest"] = null;
  #latestAt = "";
  #replay: { done: number; readonly of: number; readonly giveUp: AbortController } | null = null;

  constructor(options: LabOptions) {
    this.#options = options;
    for (const { id } of options.banks) forgetPlan(options.planOf(id));
  }

  state(): LabState {
    const { banks, database, planOf } = this.#options;
    this.#noteStopped();
    return {
      seed: this.#recording.seed,
      banks: banks.map((bank) => this.#tellBank(bank)),
      database: database?.isOurs ? this.#databaseState : null,
      links: banks.flatMap(({ id }) =>
        Object.entries(readPlan(planOf(id)).links).map(([to, state]) => ({ from: id, to, state })),
      ),
      load: this.#load.counts(),
      latest: this.#latest,
      recording: this.#recording,
      replay: this.#replay === null ? null : { done: this.#replay.done, of: this.#replay.of },
    };
  }

  /** Does one thing and writes it down. Returns once it is done. @throws Error that says why not */
  async act(act: LabAct): Promise<void> {
    const afterMs = Math.round(performance.now() - this.#startedAt);
    const { seed, acts } = this.#recording;
    this.#recording = { seed, acts: [...acts, { afterMs, act }].slice(-500) };
    await this.#perform(act);
  }

  /** Begins anew: the same seed draws the same composites. */
  record(seed: number): void {
    this.stopReplay();
    this.#load.close();
    this.#load = this.#newLoad();
    this.#composites = new Composites(seed);
    this.#recording = { seed, acts: [] };
    this.#startedAt = performance.now();
  }

  /** Does what a recording says, each act at its time, after everything was healed. */
  async replay(recording: LabRecording): Promise<void> {
    this.record(recording.seed);
    await this.#perform({ do: "heal" });
    this.#recording = recording;
    const giveUp = new AbortController();
    const replay = { done: 0, of: recording.acts.length, giveUp };
    this.#replay = replay;
    const startedAt = performance.now();
    void Promise.all(
      recording.acts.map(async ({ afterMs, act }) => {
        const leftMs = Math.max(0, afterMs - (performance.now() - startedAt));
        const isDue = await delay(leftMs, true, { signal: giveUp.signal }).catch(() => false);
        // What cannot be done now could not be helped then either: the others go on.
        if (isDue) await this.#perform(act).catch(() => undefined);
        replay.done += 1;
      }),
    ).then(() => {
      if (this.#replay === replay) this.#replay = null;
    });
  }

  stopReplay(): void {
    this.#replay?.giveUp.abort();
    this.#replay = null;
  }

  close(): void {
    this.stopReplay();
    this.#load.close();
  }

  async #perform(act: LabAct): Promise<void> {
    switch (act.do) {
      case "take-database":
      case "give-database":
        return this.#moveDatabase(act.do, this.#bank(act.bank).id);
      case "arm": {
        const { failpoint: name, action } = act;
        return this.#plan(act.bank, { failpoint: { name, action, arming: randomUUID() } });
      }
      case "disarm":
        return this.#plan(act.bank, { failpoint: null });
      case "link":
        await this.#bend(act.from, act.to, act.state);
        if (!act.isOneWay) await this.#bend(act.to, act.from, act.state);
        return;
      case "send":
        return this.#send(act.coordinator, act.including);
      case "load":
        await this.#learnAccounts();
        return this.#load.setPace(act.perSecond);
      case "heal":
        return this.#heal();
      default:
        return act.part === DATABASE_PART
          ? this.#breakServer(act.do)
          : this.#breakBank(act.do, this.#bank(act.part));
    }
  }

  async #breakBank(
    verb: "kill" | "stop" | "start" | "pause" | "resume" | "restart",
    bank: ProgramHandle,
  ): Promise<void> {
    if (verb === "start" || verb === "restart") {
      await this.#plan(bank.id, { failpoint: null });
      if (verb === "restart") await bank.stop();
      return bank.start();
    }
    await bank[verb]();
  }

  async #breakServer(
    verb: "kill" | "stop" | "start" | "pause" | "resume" | "restart",
  ): Promise<void> {
    const { database } = this.#options;
    if (database === undefined) throw new Error("The databases of this consortium are not ours.");
    if (verb === "restart") {
      await database.stop();
      await database.start();
    } else await database[verb]();
    this.#databaseState =
      verb === "kill" || verb === "stop" ? "down" : verb === "pause" ? "paused" : "up";
  }

  async #moveDatabase(verb: "take-database" | "give-database", bank: string): Promise<void> {
    const { database } = this.#options;
    if (database === undefined) throw new Error("The databases of this consortium are not ours.");
    await (verb === "take-database" ? takeDatabase : giveDatabase)(database.url, bank);
    if (verb === "take-database") this.#taken.add(bank);
    else this.#taken.delete(bank);
  }

  async #plan(bank: string, change: Partial<LabPlan>): Promise<void> {
    const file = this.#options.planOf(this.#bank(bank).id);
    writePlan(file, { ...readPlan(file), ...change });
    await delay(HEEDED_MS);
  }

  async #bend(from: string, to: string, state: LinkState): Promise<void> {
    if (from === to) throw new Error("A link is between two banks.");
    const { [this.#bank(to).id]: _, ...others } = readPlan(this.#options.planOf(from)).links;
    await this.#plan(from, { links: state === "fine" ? others : { ...others, [to]: state } });
  }

  async #heal(): Promise<void> {
    this.#load.setPace(0);
    const { banks, database } = this.#options;
    if (database?.isOurs) {
      if (this.#databaseState === "paused") await database.resume();
      await database.start();
      this.#databaseState = "up";
      for (const bank of this.#taken) await this.#moveDatabase("give-database", bank);
    }
    await Promise.all(
      banks.map(async (bank) => {
        await this.#plan(bank.id, { failpoint: null, links: {} });
        if (bank.state !== "down") bank.resume();
        await bank.start();
      }),
    );
  }

  async #send(coordinator?: string, including?: string): Promise<void> {
    await this.#learnAccounts();
    const composite = this.#next(coordinator, including);
    if (composite === null) throw new Error("Fewer than two banks can be asked now.");
    const { from, to } = composite;
    const sentAt = new Date().toISOString();
    const ask = { key: `pacto-lab:${randomUUID()}`, waitMs: 0, timeoutMs: SEND_TIMEOUT_MS };
    const door = this.#door(composite.coordinator);
    const outcome = await createTransfer(door, { from: [...from], to: [...to] }, ask);
    if (outcome.kind === "answer") {
      this.#setLatest(composite.coordinator, outcome.value.id, sentAt);
    }
    if (outcome.kind === "refused") throw new Error(outcome.code);
  }

  /** A transfer at which a bank was stopped is known by that, whatever its sender heard. */
  #noteStopped(): void {
    for (const { id } of this.#options.banks) {
      const reached = readReached(this.#options.planOf(id));
      if (reached?.transaction && id === this.#coordinatorAt(id)) {
        this.#setLatest(id, reached.transaction, reached.at);
      }
    }
  }

  #coordinatorAt(bank: string): string | null {
    const { failpoint } = readPlan(this.#options.planOf(bank));
    return failpoint?.name.startsWith("coordinator:") ? bank : null;
  }

  #setLatest(coordinator: string, transaction: string, at: string): void {
    if (at < this.#latestAt) return;
    this.#latest = { coordinator, transaction };
    this.#latestAt = at;
  }

  #tellBank(bank: ProgramHandle): LabState["banks"][number] {
    const file = this.#options.planOf(bank.id);
    const { failpoint } = readPlan(file);
    const reached = failpoint === null ? undefined : readReached(file);
    const isReached = reached !== undefined && reached.arming === failpoint?.arming;
    return {
      id: bank.id,
      process: isFrozen(bank.pid) ? "paused" : bank.state,
      database: this.#taken.has(bank.id) ? "taken" : "there",
      armed:
        failpoint === null || isReached
          ? null
          : { failpoint: failpoint.name, action: failpoint.action },
      reached:
        failpoint !== null && isReached
          ? { failpoint: failpoint.name, at: reached.at, transaction: reached.transaction }
          : null,
    };
  }

  #newLoad(): Load {
    return new Load({
      next: () => this.#next(),
      door: (bank) => this.#door(bank),
    });
  }

  /** A bank that is down cannot lead: the first payer that is up does. */
  #next(coordinator?: string, including?: string): Composite | null {
    if (this.#accounts.size < 2) return null;
    const drawn = this.#composites.next(this.#accounts, coordinator, including);
    if (coordinator !== undefined || this.#bank(drawn.coordinator).state === "ready") return drawn;
    const up = [...drawn.from, ...drawn.to].find((side) => this.#bank(side.bank).state === "ready");
    return { ...drawn, coordinator: up?.bank ?? drawn.coordinator };
  }

  async #learnAccounts(): Promise<void> {
    const missing = this.#options.banks.filter(
      ({ id, state }) => state === "ready" && !this.#accounts.has(id),
    );
    await Promise.all(
      missing.map(async ({ id }) => {
        const number = await openLabAccount({ bank: id, ...this.#door(id) });
        if (number !== null) this.#accounts.set(id, number);
      }),
    );
  }

  #door(bank: string): Door {
    return { url: this.#bank(bank).url, token: this.#options.tokenOf(bank) };
  }

  #bank(id: string): ProgramHandle {
    const found = this.#options.banks.find((bank) => bank.id === id);
    if (found !== undefined) return found;
    const ids = this.#options.banks.map((bank) => bank.id).join(", ");
    throw new Error(`There is no bank ${id}. The banks are ${ids}.`);
  }
}

/** Stopped by a signal, whoever sent it. Linux tells; elsewhere only our own pauses are known. */
function isFrozen(pid: number | undefined): boolean {
  if (pid === undefined || process.platform !== "linux") return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("T");
  } catch {
    return false;
  }
}
