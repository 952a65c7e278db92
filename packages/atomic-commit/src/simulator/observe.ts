import type { CoordinatorRecord } from "../coordinator-record.ts";
import type { ParticipantRecord } from "../participant-record.ts";
import type { Effect } from "../step.ts";
import type { Reached } from "./coverage.ts";
import { mix } from "./trace.ts";
import type { Task } from "./transact.ts";
import type { Bank, Order, Proof, World } from "./world.ts";

/** How a database transaction ends: lived through, or one of the ways in which it goes wrong. */
export type Fate = "done" | "crash-before" | "crash-after" | "unknown-kept" | "unknown-lost";

export interface Happening<Work, State> {
  readonly bank: Bank<Work, State>;
  readonly replica: number;
  readonly order: Order<Work>;
  readonly task: Task<Work>;
  readonly fate: Fate;
  readonly effect: Effect;
  readonly before: unknown;
  readonly after: unknown;
}

interface Sent {
  readonly sent: number;
  readonly total: number;
}

const FATES: readonly Fate[] = [
  "done",
  "crash-before",
  "crash-after",
  "unknown-kept",
  "unknown-lost",
];

/** Counts what a transaction reached and mixes it into the trace's hash. */
export function observe<Work, State>(
  world: World<Work, State>,
  happening: Happening<Work, State>,
  sent: Sent,
): void {
  const { bank, order, task, fate } = happening;
  world.steps += 1;
  mix(world.trace, bank.index + 8 * order.index + 64 * FATES.indexOf(fate));
  mix(world.trace, task.event === undefined ? 0 : sent.sent);
  note(world, happening);
  const count = (name: Reached) => {
    world.coverage[name] += 1;
  };
  if (task.role === "coordinator") observeCoordinator(happening, sent, count);
  else if (task.role === "participant") observeParticipant(happening, sent, count);
}

function note<Work, State>(world: World<Work, State>, happening: Happening<Work, State>): void {
  const { events } = world.trace;
  if (events === null) return;
  const { bank, replica, order, task, fate, before, after, effect } = happening;
  const kind = task.role === "witness" ? task.event.message.kind : task.event.kind;
  const states = `${stateOf(before)} → ${stateOf(after)}`;
  const how = fate === "done" ? "" : ` [${fate}]`;
  const done = effect === "none" ? "" : ` (${effect})`;
  const what = `${order.descriptor.id} ${task.role} ${kind}: ${states}${done}${how}`;
  events.push({ kind: "note", at: bank.id, what: `${what} by replica ${replica}` });
}

function stateOf(record: unknown): string {
  if (record === undefined || record === null) return "∅";
  const known = record as { readonly state?: string; readonly promised?: number };
  return known.state ?? `promised ${known.promised}`;
}

type Count = (name: Reached) => void;

function observeCoordinator<Work, State>(
  happening: Happening<Work, State>,
  { sent, total }: Sent,
  count: Count,
): void {
  const { task, fate, order, replica } = happening;
  const { kind } = task.event as { readonly kind: string };
  const before = happening.before as CoordinatorRecord<Work, Proof> | undefined;
  const after = happening.after as CoordinatorRecord<Work, Proof> | undefined;
  if (kind === "outbid") count("register: outbid");
  if (kind === "inquiry" && after === undefined) count("finished answered");
  if (after === undefined) return;
  if (kind === "begin" && before === undefined) {
    if (fate === "crash-before") count("K0 begin lost");
    else order.beganBy = replica;
    if (fate === "crash-after" && after.state === "preparing") {
      if (sent === 0) count("K1 begun, nothing sent");
      else if (sent < total) count("K2 begun, some prepares sent");
    }
    if (happening.effect === "post") count("posted without a protocol");
    return;
  }
  const late = before !== undefined && before.state !== "preparing";
  if (kind === "decide" && late && before === after) count("compare-and-set lost");
  if (kind === "ack" && after.settled && before?.settled === false && fate === "crash-before") {
    count("K9 crash before the last ack is written");
  }
  if (before === undefined || before.state === after.state) return;
  observeDecision(happening, { sent, total }, count);
}

function observeDecision<Work, State>(
  happening: Happening<Work, State>,
  { sent, total }: Sent,
  count: Count,
): void {
  const { bank, task, fate, order, replica } = happening;
  const { kind } = task.event as { readonly kind: string };
  const before = happening.before as CoordinatorRecord<Work, Proof>;
  const after = happening.after as CoordinatorRecord<Work, Proof>;
  if (kind === "decide" && after.state !== "aborted") {
    if (fate === "crash-before") count("K4 all YES, crash before the decision");
    if (fate === "unknown-kept" || fate === "unknown-lost") count("K5 decision's commit unknown");
  }
  if (fate === "crash-after" && after.state === "committed") {
    if (sent === 0) count("K6 commit decided, nothing sent");
    else if (sent < total) count("K7 commit decided, some sent");
  }
  if (after.state === "aborted") {
    if (fate === "crash-after" && sent < total) count("K10 abort decided, not all sent");
    if (after.refusal?.code === "prepare-timeout") count("P8 prepare timed out");
    if (before.state === "proposed") count("register: proposed, then aborted");
  }
  if (before.state === "proposed" && after.state === "committed") {
    if (after.certificate?.accepts[0]?.ballot === 0) count("register: commit at ballot 0");
  }
  const founder = bank.replicas[order.beganBy];
  if (fate === "done" && replica !== order.beganBy && founder?.up === false) {
    count("K11 another replica finishes");
  }
}

function observeParticipant<Work, State>(
  happening: Happening<Work, State>,
  { sent }: Sent,
  count: Count,
): void {
  const { fate, task, effect } = happening;
  const event = task.event as { readonly kind: string; readonly from?: string };
  const before = happening.before as ParticipantRecord<Work, Proof> | undefined;
  const after = happening.after as ParticipantRecord<Work, Proof> | undefined;
  const unknown = fate === "unknown-kept" || fate === "unknown-lost";
  if (event.kind === "outbid") count("register: outbid");
  if (event.kind === "prepare") {
    if (effect === "hold") {
      if (fate === "crash-before") count("P0 prepare lost");
      if (unknown) count("P1 prepare's commit unknown");
      if (fate === "crash-after" && sent === 0) count("P2 prepared, vote not sent");
    }
    if (before?.state === "aborted" && before.vote === null) count("tombstone hit by a prepare");
    const code = after?.vote?.reason?.code;
    if (before === undefined && code !== undefined) {
      if (code === "insufficient-funds") count("refused for funds");
      if (code === "ceiling-exceeded") count("refused for a ceiling");
      if (code === "prepare-too-late") count("prepare too late");
    }
    if (after === undefined) {
      count(happening.bank.incarnation > 1 ? "no vote after a restore" : "stale prepare refused");
    }
  }
  if (before === undefined && after?.state === "aborted") {
    if (event.kind === "decision") count("tombstone by decision");
    if (event.kind === "inquiry") count("tombstone by inquiry");
  }
  if (before === undefined && event.kind === "inquiry" && after === undefined) {
    count("finished answered");
  }
  if (effect === "capture" || effect === "release") observeEnd(happening, sent, count);
}

function observeEnd<Work, State>(
  happening: Happening<Work, State>,
  sent: number,
  count: Count,
): void {
  const { fate, task, effect, order } = happening;
  const event = task.event as { readonly kind: string; readonly from?: string };
  if (event.kind === "decision") {
    if (fate === "crash-before") count("P4 decision lost");
    if (fate === "unknown-kept" || fate === "unknown-lost") count("P5 decision's commit unknown");
    if (fate === "crash-after" && sent === 0) {
      count(effect === "capture" ? "P6 captured, ack not sent" : "P7 released, ack not sent");
    }
  }
  const peer = event.from !== undefined && event.from !== order.descriptor.coordinator;
  if (peer && event.kind === "decision" && effect === "capture") count("commit learned by gossip");
  if (peer && event.kind === "answer") {
    count(effect === "capture" ? "commit learned from a peer" : "abort learned from a peer");
  }
  if (event.kind === "accepted") {
    count(effect === "capture" ? "register: commit recovered" : "register: abort recovered");
  }
}
