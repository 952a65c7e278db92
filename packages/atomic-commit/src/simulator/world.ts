import type { AcceptorRecord } from "../acceptor.ts";
import type { CoordinatorRecord } from "../coordinator-record.ts";
import type { BankId, Descriptor, Hash } from "../descriptor.ts";
import type { Message } from "../messages.ts";
import type { ParticipantRecord } from "../participant-record.ts";
import type { ReportedPromise } from "../register.ts";
import type { Accept, Outcome, Vote } from "../statement.ts";
import type { Choices } from "./choices.ts";
import type { Coverage } from "./coverage.ts";
import type { Fate } from "./observe.ts";
import type { ResourceManager } from "./resources.ts";
import type { Swarm } from "./swarm.ts";
import type { Trace } from "./trace.ts";

/** Signatures are not simulated: the proof of a statement is the name of the bank that made it. */
export type Proof = string;

/** What only a commit changes. Rows are indexed by transaction number. */
export interface Durable<Work, State> {
  readonly coordinator: (CoordinatorRecord<Work, Proof> | undefined)[];
  readonly participant: (ParticipantRecord<Work, Proof> | undefined)[];
  readonly acceptor: (AcceptorRecord<Proof> | undefined)[];
  resources: State;
  /** Own sequences up to here are compacted. */
  watermark: number;
  /** Watermarks of the other banks, by bank number, as far as heard of. */
  readonly heard: number[];
  /** Highest incarnations heard of, by bank number (R49). */
  readonly incarnations: number[];
  /** Sequences that a restore may have made this bank forget, by coordinator's number (R48). */
  readonly forgotten: number[];
}

export function copyDurable<Work, State>(durable: Durable<Work, State>): Durable<Work, State> {
  return {
    coordinator: [...durable.coordinator],
    participant: [...durable.participant],
    acceptor: [...durable.acceptor],
    resources: durable.resources,
    watermark: durable.watermark,
    heard: [...durable.heard],
    incarnations: [...durable.incarnations],
    forgotten: [...durable.forgotten],
  };
}

/** A process of a bank. What it gathers is lost with it. */
export interface Replica {
  up: boolean;
  votes: Vote<Proof>[][];
  promises: ReportedPromise<Proof>[][];
  accepts: Accept<Proof>[][];
}

export interface Bank<Work, State> {
  readonly index: number;
  readonly id: BankId;
  durable: Durable<Work, State>;
  /** What a restore would bring back; null before the first backup. */
  backup: Durable<Work, State> | null;
  incarnation: number;
  /** Restored, and still learning what it lost. */
  recovering: boolean;
  /** How often one of its processes died. */
  crashes: number;
  readonly replicas: Replica[];
  /** Its database is gone, for good. */
  dead: boolean;
  /** Local clock = world time × rate + offset. */
  readonly clockRate: number;
  readonly clockOffset: number;
}

/** A client's order and what the client was told of it. */
export interface Order<Work> {
  readonly index: number;
  /** Takes the bank's incarnation when it is first asked for. */
  descriptor: Descriptor<Work>;
  readonly hash: Hash;
  readonly home: number;
  asked: boolean;
  told: Outcome | null;
  /** The first outcome that any record shows. All others must show the same. */
  outcome: Outcome | null;
  /** A record shows a NO that somebody cast for a reason of his own. */
  refused: boolean;
  /** Outcome that a majority of witnesses accepted at one ballot. */
  chosen: Outcome | null;
  /** Replica that began it. */
  beganBy: number;
}

export interface Flight<Work> {
  readonly from: number;
  /** The sender's incarnation. */
  readonly incarnation: number;
  readonly to: number;
  readonly message: Message<Work, Proof>;
}

export interface World<Work, State> {
  readonly choices: Choices;
  readonly swarm: Swarm;
  readonly resources: ResourceManager<Work, State>;
  readonly banks: readonly Bank<Work, State>[];
  readonly bankIndex: ReadonlyMap<BankId, number>;
  readonly orders: readonly Order<Work>[];
  readonly orderIndex: ReadonlyMap<string, number>;
  flights: Flight<Work>[];
  kept: Flight<Work>[];
  /** cut[from × banks + to]: nothing gets through. */
  readonly cut: boolean[];
  readonly coverage: Coverage;
  readonly trace: Trace;
  /** Fates set by hand, by the number of the database transaction. */
  readonly fates: ReadonlyMap<number, Fate> | null;
  now: number;
  steps: number;
  /** Some bank was restored: alarms are in order, and not everything can come to rest. */
  restored: boolean;
  /** Faults are over: the liveness phase. */
  healed: boolean;
}

export function emptyReplica(orders: number): Replica {
  const lists = <T>(): T[][] => Array.from({ length: orders }, () => []);
  return { up: true, votes: lists(), promises: lists(), accepts: lists() };
}

/** A process dies: everything that it gathered is gone. */
export function crash(replica: Replica): void {
  replica.up = false;
  for (let at = 0; at < replica.votes.length; at += 1) {
    replica.votes[at] = [];
    replica.promises[at] = [];
    replica.accepts[at] = [];
  }
}

/** Deaths of one bank's processes after which it counts as a crash loop. */
const CRASH_LOOP = 4;

/** A process of a bank dies that may be started again. */
export function kill<Work, State>(
  { coverage }: World<Work, State>,
  bank: Bank<Work, State>,
  replica: Replica,
): void {
  crash(replica);
  bank.crashes += 1;
  if (bank.crashes < CRASH_LOOP) return;
  if (bank.durable.coordinator.some((own) => own?.certificate === null)) {
    coverage["K13 killed again and again, still undecided"] += 1;
  }
}

export function localNow<Work, State>(world: World<Work, State>, bank: Bank<Work, State>): number {
  return Math.floor(world.now * bank.clockRate + bank.clockOffset);
}
