import type { CoordinatorEvent, CoordinatorRecord } from "../coordinator-record.ts";
import { stepCoordinator } from "../coordinator.ts";
import type { BankId, Descriptor } from "../descriptor.ts";
import { assertCoordinatorInvariants, assertParticipantInvariants } from "../invariants.ts";
import type { Message } from "../messages.ts";
import type { ParticipantEvent, ParticipantRecord } from "../participant-record.ts";
import { stepParticipant } from "../participant.ts";
import type { Statement, Vote } from "../statement.ts";
import { NO_FENCE, type Effect, type Step } from "../step.ts";
import { Violation } from "./violation.ts";

type Work = string;
type Proof = string;

/**
 * Everything that matters of a small world. Messages are kept as the set of all that were ever
 * sent, each deliverable at any time and any number of times: that covers loss, repetition,
 * reordering and delay in one stroke, and crashes of participants too.
 */
interface World {
  readonly coordinator: CoordinatorRecord<Work, Proof> | undefined;
  readonly participants: readonly (ParticipantRecord<Work, Proof> | undefined)[];
  /** Per bank, the coordinator first: is its branch on hold? */
  readonly held: readonly boolean[];
  /** Votes gathered by each replica of the coordinator; lost when it crashes. */
  readonly votes: readonly (readonly Vote<Proof>[])[];
  /** Numbers of the messages sent so far, ascending. */
  readonly sent: readonly number[];
}

interface Sent {
  readonly from: BankId;
  readonly to: BankId;
  readonly message: Message<Work, Proof>;
}

export interface ExploreOptions {
  readonly participants: number;
  readonly replicas: number;
  /** Stop with a violation instead of running for ever. */
  readonly statesMax: number;
}

export interface ExploreResult {
  readonly states: number;
  readonly edges: number;
  /** States in which every record is decided and settled. */
  readonly atRest: number;
  readonly violation: string | null;
}

const COORDINATOR = "A";
const HASH = "h";
const DEADLINE_MS = 1_000;

/**
 * Visits every state that one transaction can reach over the real step functions, with a local
 * decider: any bank may refuse, any timer may fire at any time, replicas crash at will. Checks
 * agreement and holds in every state, and that from every state rest can still be reached.
 */
export function explore(options: ExploreOptions): ExploreResult {
  const scene = createScene(options);
  const start: World = {
    coordinator: undefined,
    participants: Array.from({ length: options.participants }),
    held: Array.from({ length: options.participants + 1 }, () => false),
    votes: Array.from({ length: options.replicas }, () => []),
    sent: [],
  };
  const numbers = new Map([[keyOf(scene, start), 0]]);
  const closed = new Map<string, World>();
  const worlds = [start];
  const parents: number[][] = [[]];
  let edges = 0;
  let violation: string | null = null;
  for (let at = 0; at < worlds.length && violation === null; at += 1) {
    const world = worlds[at];
    if (world === undefined) break;
    try {
      for (const successor of successors(scene, world)) {
        edges += 1;
        if (sameRecords(successor, world)) continue;
        const raw = keyOf(scene, successor);
        const next = closed.get(raw) ?? withAllSent(scene, successor);
        closed.set(raw, next);
        const key = keyOf(scene, next);
        const known = numbers.get(key);
        if (known === undefined) {
          check(scene, next);
          numbers.set(key, worlds.length);
          parents.push([at]);
          worlds.push(next);
        } else parents[known]?.push(at);
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      violation = error.message;
    }
    if (worlds.length > options.statesMax) violation = "more states than expected";
  }
  const rest = worlds.flatMap((world, at) => (isAtRest(world) ? [at] : []));
  if (violation === null && reaching(rest, parents) !== worlds.length) {
    violation = "I3 progress: a state from which rest cannot be reached";
  }
  return { states: worlds.length, edges, atRest: rest.length, violation };
}

/** How many states can reach one of `targets`. */
function reaching(targets: readonly number[], parents: readonly (readonly number[])[]): number {
  const seen = new Set(targets);
  const queue = [...targets];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const parent of parents[at] ?? []) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      queue.push(parent);
    }
  }
  return seen.size;
}

function isAtRest({ coordinator, participants }: World): boolean {
  return coordinator?.settled === true && participants.every((one) => one?.state !== "prepared");
}

/** I1 agreement, I8 holds, and what each record has to obey by itself. */
function check(scene: Scene, { coordinator, participants, held, sent }: World): void {
  const outcomes = new Set<string>();
  const records = [coordinator, ...participants];
  if (coordinator !== undefined) assertCoordinatorInvariants(coordinator, COORDINATOR);
  participants.forEach((record, at) => {
    if (record !== undefined) assertParticipantInvariants(record, bankAt(at));
  });
  records.forEach((record, at) => {
    const state = record?.state;
    if (state === "committed" || state === "aborted") outcomes.add(state);
    const undecided = state === "preparing" || state === "prepared";
    if (held[at] !== undecided) throw new Violation("I8 holds", `bank ${at} in ${state}`);
  });
  for (const number of sent) {
    const { from, message } = scene.messages[number] ?? {};
    const acked = message?.kind === "ack" ? participants[scene.banks.indexOf(from ?? "")] : null;
    // R9, R13: whoever acknowledged has decided, and stays so.
    if (acked === undefined || acked?.certificate === null)
      throw new Violation("I8 acked", `${from}`);
  }
  if (outcomes.size > 1) throw new Violation("I1 agreement", "both outcomes");
}

function bankAt(participant: number): BankId {
  return String.fromCharCode(66 + participant);
}

/** The one transaction, and every message that any world has sent, by number. */
interface Scene {
  readonly descriptor: Descriptor<Work>;
  readonly banks: readonly BankId[];
  readonly messages: Sent[];
  readonly numbers: Map<string, number>;
  /** One object for all equal records, and its number: worlds compare by identity. */
  readonly records: Map<string, AnyRecord>;
  readonly recordNumbers: Map<unknown, number>;
}

type AnyRecord = CoordinatorRecord<Work, Proof> | ParticipantRecord<Work, Proof>;

function createScene({ participants }: ExploreOptions): Scene {
  const banks = Array.from({ length: participants }, (_, at) => bankAt(at));
  const descriptor: Descriptor<Work> = {
    id: "t",
    coordinator: COORDINATOR,
    incarnation: 1,
    sequence: 1,
    branches: [COORDINATOR, ...banks].map((bank) => ({ bank, work: "" })),
    decider: { kind: "local" },
    prepareWithinMs: DEADLINE_MS,
    purpose: "exploration",
  };
  const recordNumbers = new Map<unknown, number>([[undefined, 0]]);
  return { descriptor, banks, messages: [], numbers: new Map(), records: new Map(), recordNumbers };
}

function numberOf({ messages, numbers }: Scene, sent: Sent): number {
  const key = JSON.stringify(sent);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, messages.length);
  messages.push(sent);
  return messages.length - 1;
}

/** The world after a step of bank number `at`, the coordinator being 0. */
function after(
  scene: Scene,
  world: World,
  at: number,
  step: Step<unknown, Work, Proof>,
  replyTo: BankId | null,
): World {
  if (step.alarm !== null) throw new Violation("no alarm", step.alarm.code);
  const from = at === 0 ? COORDINATOR : bankAt(at - 1);
  const sent = new Set(world.sent);
  for (const { to, message } of step.sends) sent.add(numberOf(scene, { from, to, message }));
  if (step.reply !== null && replyTo !== null) {
    sent.add(numberOf(scene, { from, to: replyTo, message: step.reply }));
  }
  const record = canonical(scene, step.record as AnyRecord | undefined);
  const row = record as World["participants"][number];
  return {
    coordinator: at === 0 ? (record as World["coordinator"]) : world.coordinator,
    participants: at === 0 ? world.participants : world.participants.with(at - 1, row),
    held: world.held.with(at, heldAfter(world.held[at] === true, step.effect)),
    votes: world.votes,
    sent: [...sent].sort((one, other) => one - other),
  };
}

function coordinate(
  scene: Scene,
  world: World,
  event: CoordinatorEvent<Work, Proof>,
  { from = null, late = false, refuses = false }: Circumstances = {},
): World {
  const env = {
    self: COORDINATOR,
    now: late ? DEADLINE_MS : 0,
    random: 0,
    recovering: false,
    sign,
    incarnation: 1,
    watermark: 0,
    reserve: () => (refuses ? { code: "refused" } : undefined),
  };
  return after(scene, world, 0, stepCoordinator(world.coordinator, event, env), from);
}

function participate(
  scene: Scene,
  world: World,
  at: number,
  event: ParticipantEvent<Work, Proof>,
  { from = null, refuses = false }: Circumstances = {},
): World {
  const env = {
    self: bankAt(at),
    now: 0,
    random: 0,
    recovering: false,
    sign,
    fence: NO_FENCE,
    reserve: () => (refuses ? { code: "refused" } : undefined),
  };
  const step = stepParticipant(world.participants[at], event, env);
  return after(scene, world, at + 1, step, from);
}

/** The worlds in which a message has been delivered: to either replica, to a willing bank or not. */
function deliver(scene: Scene, world: World, sent: Sent): World[] {
  const { from, to, message } = sent;
  if (message.kind === "vote") return deliverVote(scene, world, message.vote);
  if (to === COORDINATOR) return deliverToCoordinator(scene, world, sent);
  const at = scene.banks.indexOf(to);
  switch (message.kind) {
    case "prepare": {
      const event = { kind: "prepare" as const, from, receivedAt: 0, message };
      const willing = participate(scene, world, at, event, { from });
      if (world.participants[at] !== undefined) return [willing];
      return [willing, participate(scene, world, at, event, { from, refuses: true })];
    }
    case "decision":
      return [participate(scene, world, at, { kind: "decision", from, message }, { from })];
    case "inquiry":
      return [participate(scene, world, at, { kind: "inquiry", from, message }, { from })];
    case "answer":
      return [participate(scene, world, at, { kind: "answer", from, message }, { from })];
    default:
      return [];
  }
}

function deliverVote(scene: Scene, world: World, vote: Vote<Proof>): World[] {
  return world.votes.map((gathered, replica) => {
    const known = gathered.some(({ bank }) => bank === vote.bank);
    const votes = (known ? gathered : [...gathered, vote]).toSorted((one, other) =>
      one.bank < other.bank ? -1 : 1,
    );
    const next = { ...world, votes: world.votes.with(replica, votes) };
    return coordinate(scene, next, { kind: "decide", votes });
  });
}

function deliverToCoordinator(scene: Scene, world: World, { from, message }: Sent): World[] {
  switch (message.kind) {
    case "ack":
      return [coordinate(scene, world, { kind: "ack", from: [from] })];
    case "inquiry":
      return [coordinate(scene, world, { kind: "inquiry", from, message }, { from })];
    case "decision":
    case "answer":
      return [coordinate(scene, world, { kind: "learned", from, message }, { from })];
    default:
      return [];
  }
}

function successors(scene: Scene, world: World): World[] {
  const next: World[] = [];
  const begin = { kind: "begin" as const, descriptor: scene.descriptor, hash: HASH };
  next.push(coordinate(scene, world, begin));
  if (world.coordinator === undefined) {
    next.push(coordinate(scene, world, begin, { refuses: true }));
  }
  next.push(coordinate(scene, world, { kind: "wake" }));
  next.push(coordinate(scene, world, { kind: "expire" }, { late: true }));
  for (let at = 0; at < scene.banks.length; at += 1) {
    next.push(participate(scene, world, at, { kind: "wake" }));
  }
  for (let replica = 0; replica < world.votes.length; replica += 1) {
    next.push({ ...world, votes: world.votes.with(replica, []) });
  }
  for (const number of world.sent) {
    const sent = scene.messages[number];
    if (sent !== undefined) next.push(...deliver(scene, world, sent));
  }
  return next;
}

/**
 * Takes at once every step that changes no record and only sends. A message that was sent may
 * always stay undelivered, so sending it early takes no behaviour away; it only saves states.
 */
function withAllSent(scene: Scene, world: World): World {
  let current = world;
  for (;;) {
    const sent = new Set(current.sent);
    for (const next of successors(scene, current)) {
      if (next.sent.length > current.sent.length && sameRecords(next, current)) {
        for (const number of next.sent) sent.add(number);
      }
    }
    if (sent.size === current.sent.length) return current;
    current = { ...current, sent: [...sent].sort((one, other) => one - other) };
  }
}

function sameRecords(one: World, other: World): boolean {
  return (
    one.coordinator === other.coordinator &&
    one.held.every((held, at) => held === other.held[at]) &&
    one.participants.every((record, at) => record === other.participants[at]) &&
    one.votes.every((votes, at) => sameVotes(votes, other.votes[at] ?? []))
  );
}

function sameVotes(one: readonly Vote<Proof>[], other: readonly Vote<Proof>[]): boolean {
  return one.length === other.length && one.every((vote, at) => vote === other[at]);
}

function keyOf({ recordNumbers }: Scene, world: World): string {
  const { coordinator, participants, held, votes, sent } = world;
  const rows = [coordinator, ...participants].map((record) => recordNumbers.get(record));
  const words = votes.map((own) => own.map((vote) => vote.bank + vote.vote + vote.reason?.code));
  return `${rows.join()}|${held.join()}|${words.join("/")}|${sent.join()}`;
}

interface Circumstances {
  readonly from?: BankId | null;
  readonly late?: boolean;
  readonly refuses?: boolean;
}

function sign({ bank }: Statement): Proof {
  return bank;
}

/**
 * The record without what only tells when and how often, for the world has no time; the very same
 * object for equal records.
 */
function canonical(scene: Scene, record: AnyRecord | undefined): AnyRecord | undefined {
  if (scene.recordNumbers.has(record) || record === undefined) return record;
  // The second inquiry and all later ones go to everybody; here the first does as well.
  const attempts = record.wakeAt === null ? 0 : 1;
  const timeless = { ...record, wakeAt: record.wakeAt === null ? null : 1, attempts };
  const key = JSON.stringify(timeless);
  const known = scene.records.get(key);
  if (known !== undefined) return known;
  scene.records.set(key, timeless);
  scene.recordNumbers.set(timeless, scene.recordNumbers.size);
  return timeless;
}

function heldAfter(held: boolean, effect: Effect): boolean {
  if (effect === "none") return held;
  if ((effect === "hold") === held) throw new Violation("I7 once", effect);
  return effect === "hold";
}
