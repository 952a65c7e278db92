import { stepAcceptor, type AcceptorEnv, type AcceptorEvent } from "../acceptor.ts";
import type { CoordinatorEnv, CoordinatorEvent } from "../coordinator-record.ts";
import { stepCoordinator } from "../coordinator.ts";
import type { ParticipantEnv, ParticipantEvent } from "../participant-record.ts";
import { stepParticipant } from "../participant.ts";
import { branchOf } from "../descriptor.ts";
import type { Message } from "../messages.ts";
import type { Refusal, Statement } from "../statement.ts";
import type { Effect, Step } from "../step.ts";
import {
  checkAcceptor,
  checkCoordinator,
  checkParticipant,
  checkResources,
  checkSaid,
} from "./check.ts";
import { observe, type Fate, type Happening } from "./observe.ts";
import { mix } from "./trace.ts";
import { Violation } from "./violation.ts";
import { kill, localNow, type Bank, type Order, type Proof, type World } from "./world.ts";

/** Where a database transaction runs. */
export interface Place<Work, State> {
  readonly bank: Bank<Work, State>;
  readonly replica: number;
  readonly order: Order<Work>;
}

/** What a database transaction is about. */
export type Task<Work> =
  | { readonly role: "coordinator"; readonly event: CoordinatorEvent<Work, Proof> }
  | { readonly role: "participant"; readonly event: ParticipantEvent<Work, Proof> }
  | { readonly role: "witness"; readonly event: AcceptorEvent<Work, Proof> };

interface Working<State> {
  resources: State;
  reserved: boolean;
}

/**
 * One database transaction of a bank: read the record, take the step, write record and effect,
 * and only after the commit send. `replyTo` is the number of the bank that asked, or -1. Returns
 * whether the replica lived to see a commit.
 */
export function transact<Work, State>(
  world: World<Work, State>,
  place: Place<Work, State>,
  task: Task<Work>,
  replyTo: number,
): boolean {
  const { bank } = place;
  const fate = drawFate(world);
  const working: Working<State> = { resources: bank.durable.resources, reserved: false };
  const written = fate !== "crash-before" && fate !== "unknown-lost";
  const step = takeStep(world, place, task, working);
  const happening = describe(place, task, step, fate);
  if (step.alarm !== null && !(world.restored && AFTER_RESTORE.has(step.alarm.code))) {
    throw new Violation("no alarm among honest banks", `${bank.id} ${step.alarm.code}`);
  }
  if (written) write(world, place, task, step, working);
  const sent = say(world, place, step, { fate, replyTo });
  observe(world, happening, sent);
  const replica = bank.replicas[place.replica];
  const dies = fate === "crash-before" || fate === "crash-after";
  if (dies && replica !== undefined) kill(world, bank, replica);
  return fate === "done";
}

/** What a bank that lost records gives rise to, at home and elsewhere. */
const AFTER_RESTORE: ReadonlySet<string> = new Set([
  "lost-record",
  "old-incarnation",
  "unexpected-ack",
  "unknown-transaction",
]);

const FAULTS: readonly Fate[] = ["crash-before", "crash-after", "unknown-kept", "unknown-lost"];

function drawFate<Work, State>(world: World<Work, State>): Fate {
  const { choices, swarm, healed, fates } = world;
  if (fates !== null) return fates.get(world.steps) ?? "done";
  if (healed || !choices.chance(swarm.commitFault)) return "done";
  return FAULTS[choices.below(FAULTS.length)] ?? "done";
}

type AnyStep<Work> = Step<unknown, Work, Proof>;

function takeStep<Work, State>(
  world: World<Work, State>,
  place: Place<Work, State>,
  task: Task<Work>,
  working: Working<State>,
): AnyStep<Work> {
  const { bank, order } = place;
  const { durable } = bank;
  const reserve = (work: Work, intent: "hold" | "post" = "hold"): Refusal | undefined => {
    if (working.reserved) throw new Violation("reserve once", order.descriptor.id);
    const { id } = order.descriptor;
    const result = world.resources.reserve(working.resources, id, work, intent);
    if (!result.ok) return result.refusal;
    working.reserved = true;
    working.resources = result.state;
    return undefined;
  };
  // One literal for all roles: spreading it together costs a fifth of a campaign.
  const env: AcceptorEnv<Proof> & ParticipantEnv<Work, Proof> & CoordinatorEnv<Work, Proof> = {
    self: bank.id,
    now: localNow(world, bank),
    random: world.choices.below(16) / 16,
    recovering: bank.recovering,
    sign,
    fence: {
      watermark: durable.heard[order.home] ?? 0,
      forgottenUpTo: durable.forgotten[order.home] ?? 0,
      incarnation: durable.incarnations[order.home] ?? 0,
    },
    incarnation: bank.incarnation,
    watermark: durable.watermark,
    reserve,
  };
  if (task.role === "witness") return stepAcceptor(durable.acceptor[order.index], task.event, env);
  if (task.role === "participant") {
    return stepParticipant(durable.participant[order.index], task.event, env);
  }
  return stepCoordinator(durable.coordinator[order.index], task.event, env);
}

function sign(statement: Statement): Proof {
  return statement.bank;
}

function write<Work, State>(
  world: World<Work, State>,
  place: Place<Work, State>,
  task: Task<Work>,
  step: AnyStep<Work>,
  working: Working<State>,
): void {
  const { bank, order } = place;
  const { durable } = bank;
  const at = order.index;
  const isRestore = task.role !== "witness" && task.event.kind === "restore";
  const resources = apply(world, place, step.effect, { working, isRestore });
  const moved = resources !== durable.resources;
  durable.resources = resources;
  if (task.role === "coordinator") {
    const before = durable.coordinator[at];
    const after = step.record as typeof before;
    durable.coordinator[at] = after;
    if (after !== undefined && after !== before) {
      checkCoordinator(world, { bank, order }, before, after);
    }
  } else if (task.role === "participant") {
    const before = durable.participant[at];
    const after = step.record as typeof before;
    durable.participant[at] = after;
    if (after !== undefined && after !== before) {
      checkParticipant(world, { bank, order }, before, after);
    }
  } else {
    const before = durable.acceptor[at];
    const after = step.record as typeof before;
    durable.acceptor[at] = after;
    if (after !== undefined && after !== before) checkAcceptor(world, order, before, after);
  }
  if (moved) checkResources(world, bank);
}

function apply<Work, State>(
  world: World<Work, State>,
  { bank, order }: Place<Work, State>,
  effect: Effect,
  { working, isRestore }: { readonly working: Working<State>; readonly isRestore: boolean },
): State {
  const { descriptor } = order;
  if (effect === "post" && isRestore) {
    const work = branchOf(descriptor, bank.id)?.work;
    if (work === undefined) throw new Violation("effect matches reserve", "no branch to post");
    return world.resources.post(working.resources, descriptor.id, work);
  }
  const placed = effect === "hold" || effect === "post";
  if (placed !== working.reserved) {
    throw new Violation("effect matches reserve", `${effect} after ${working.reserved}`);
  }
  if (effect === "capture") return world.resources.capture(working.resources, descriptor.id);
  if (effect === "release") return world.resources.release(working.resources, descriptor.id);
  return working.resources;
}

/** Sends what the fate lets out; returns how much of how much got out. */
function say<Work, State>(
  world: World<Work, State>,
  { bank, order }: Place<Work, State>,
  step: AnyStep<Work>,
  { fate, replyTo }: { readonly fate: Fate; readonly replyTo: number },
): { readonly sent: number; readonly total: number } {
  const replies = step.reply === null || replyTo < 0 ? 0 : 1;
  const total = step.sends.length + replies;
  const sent =
    fate === "done" ? total : fate === "crash-after" ? world.choices.below(total + 1) : 0;
  for (let at = 0; at < sent; at += 1) {
    const envelope = step.sends[at - replies];
    if (at < replies && step.reply !== null) put(world, bank, order, replyTo, step.reply);
    else if (envelope !== undefined) {
      put(world, bank, order, world.bankIndex.get(envelope.to) ?? -1, envelope.message);
    }
  }
  return { sent, total };
}

function put<Work, State>(
  world: World<Work, State>,
  bank: Bank<Work, State>,
  order: Order<Work>,
  to: number,
  message: Message<Work, Proof>,
): void {
  checkSaid(bank, order, message);
  world.flights.push({ from: bank.index, incarnation: bank.incarnation, to, message });
  mix(world.trace, to + message.kind.length * 16);
  const { events } = world.trace;
  if (events !== null) {
    const name = world.banks[to]?.id ?? "?";
    events.push({ kind: "send", from: bank.id, to: name, what: labelOf(order, message) });
  }
}

function describe<Work, State>(
  { bank, replica, order }: Place<Work, State>,
  task: Task<Work>,
  step: AnyStep<Work>,
  fate: Fate,
): Happening<Work, State> {
  const { durable } = bank;
  const before = {
    coordinator: durable.coordinator[order.index],
    participant: durable.participant[order.index],
    witness: durable.acceptor[order.index],
  }[task.role];
  return { bank, replica, order, task, fate, effect: step.effect, before, after: step.record };
}

export function labelOf<Work>(order: Order<Work>, message: Message<Work, Proof>): string {
  const { id } = order.descriptor;
  switch (message.kind) {
    case "vote":
      return `${id} vote ${message.vote.vote}`;
    case "decision":
      return `${id} ${message.certificate.outcome}`;
    case "answer":
      return `${id} answer ${message.state}`;
    case "promise":
    case "outbid":
      return `${id} ${message.kind} ${message.ballot}`;
    case "promised":
      return `${id} promised ${message.promise.ballot}`;
    case "accept":
      return `${id} accept ${message.ballot} ${message.outcome}`;
    case "accepted":
      return `${id} accepted ${message.accept.ballot} ${message.accept.outcome}`;
    case "refused":
      return `${id} refused ${message.code}`;
    default:
      return `${id} ${message.kind}`;
  }
}
