import type { ProtocolEvent, Timeline } from "@pacto/contract";

/** Something that happened in one lane. Marks are what a bank's database keeps for ever. */
export type MarkKind = "begun" | "decided" | "voted" | "applied";
export type StepKind = ProtocolEvent["kind"] | MarkKind | "note";

export interface Step {
  readonly lane: string;
  /** Epoch milliseconds on the lane's own clock; null in a simulator's trace, which has no time. */
  readonly at: number | null;
  readonly kind: StepKind;
  readonly peer: string | null;
  readonly message: string | null;
  readonly says: string | null;
  readonly ballot: number | null;
  readonly signatures: number;
  readonly tookMs: number | null;
}

/** A message between two lanes: indexes of its ends in `steps`; one that was lost has no end. */
export interface Arrow {
  readonly from: number;
  readonly to: number | null;
  readonly lane: string;
  readonly peer: string;
}

export interface Lane {
  readonly id: string;
  readonly roles: readonly ("coordinator" | "participant" | "witness")[];
  /** False while the bank itself could not be asked: only what others saw of it is drawn. */
  readonly isTold: boolean;
  /** The process began after the transaction did: messages before are forgotten, marks are not. */
  readonly rememberedFrom: number | null;
  /** From the vote to the decision: steps between which this bank's money is promised. */
  readonly held: { readonly from: number; readonly to: number | null } | null;
}

/** One transaction as lanes on one axis, whatever it was read from. */
export interface Drawing {
  readonly lanes: readonly Lane[];
  /** In the order of time, causes before effects. */
  readonly steps: readonly Step[];
  readonly arrows: readonly Arrow[];
}

/**
 * Puts what each bank saw by itself on one axis. Clocks of different banks may differ: a message
 * is never drawn to arrive before it left.
 */
export function drawTimelines(coordinator: string, timelines: readonly Timeline[]): Drawing {
  const steps = timelines.flatMap(stepsOf).toSorted(inOrder);
  const first = steps[0]?.at ?? null;
  // A bank that cannot be asked now is known by what the others sent it.
  const ids = [coordinator, ...steps.flatMap(({ lane, peer }) => (peer ? [lane, peer] : [lane]))];
  const lanes = [...new Set(ids)].map((id) => {
    const own = timelines.find(({ bank }) => bank === id);
    const isWitness = own !== undefined && own.durable.witnessedAt !== null;
    const since = own === undefined ? null : Date.parse(own.remembersSince);
    return {
      ...laneOf(id, { coordinator, steps, isWitness }),
      isTold: own !== undefined,
      rememberedFrom: since !== null && first !== null && since > first ? since : null,
    };
  });
  return { lanes, steps, arrows: arrowsOf(steps) };
}

export const nothing = {
  peer: null,
  message: null,
  says: null,
  ballot: null,
  signatures: 0,
  tookMs: null,
};

function stepsOf({ bank, durable, events }: Timeline): Step[] {
  const marks: readonly [MarkKind, string | null][] = [
    ["begun", durable.begunAt],
    ["decided", durable.decidedAt],
    ["voted", durable.votedAt],
    ["applied", durable.appliedAt],
  ];
  return [
    ...marks.flatMap(([kind, at]) =>
      at === null ? [] : [{ ...nothing, lane: bank, kind, at: Date.parse(at) }],
    ),
    ...events.map((event) => ({ ...event, lane: bank, at: Date.parse(event.at) })),
  ];
}

/** What a lane's bank was in the transaction, and from when to when it held money. */
export function laneOf(
  id: string,
  about: {
    readonly coordinator: string;
    readonly steps: readonly Step[];
    readonly isWitness: boolean;
  },
): Pick<Lane, "id" | "roles" | "held"> {
  const { coordinator, steps } = about;
  const isCoordinator = id === coordinator;
  // Told by the bank itself, or by who asked it.
  const wasAsked = (message: string) =>
    steps.some(
      (step) =>
        step.message === message &&
        ((step.kind === "received" && step.lane === id) ||
          (step.kind === "sent" && step.peer === id)),
    );
  const mine = (kind: MarkKind) =>
    steps.findIndex((step) => step.lane === id && step.kind === kind);
  const from = mine(isCoordinator ? "begun" : "voted");
  const to = mine(isCoordinator ? "decided" : "applied");
  return {
    id,
    roles: [
      ...(isCoordinator ? (["coordinator"] as const) : []),
      ...(!isCoordinator && (from !== -1 || wasAsked("prepare")) ? (["participant"] as const) : []),
      ...(about.isWitness || wasAsked("accept") ? (["witness"] as const) : []),
    ],
    held: from === -1 ? null : { from, to: to === -1 ? null : to },
  };
}

/** On one millisecond of several clocks the protocol's own order decides. */
const PHASES: Readonly<Record<string, number>> = {
  begun: 0,
  prepare: 1,
  voted: 2,
  vote: 3,
  promise: 4,
  promised: 5,
  accept: 6,
  accepted: 7,
  outbid: 7,
  decided: 8,
  decision: 9,
  applied: 10,
  ack: 11,
  inquiry: 12,
  answer: 13,
};
const KINDS: readonly StepKind[] = ["sent", "received", "replied", "answered", "unanswered"];

function inOrder(one: Step, other: Step): number {
  return (
    (one.at ?? 0) - (other.at ?? 0) ||
    (PHASES[one.message ?? one.kind] ?? 0) - (PHASES[other.message ?? other.kind] ?? 0) ||
    KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)
  );
}

/** Each departure with the first arrival of that message at the other end that is still free. */
function arrowsOf(steps: readonly Step[]): Arrow[] {
  const taken = new Set<number>();
  return steps.flatMap((step, from) => {
    const { lane, peer } = step;
    const arrival =
      step.kind === "sent" ? "received" : step.kind === "replied" ? "answered" : undefined;
    if (arrival === undefined || peer === null || peer === lane) return [];
    const to = steps.findIndex(
      (end, at) =>
        end.kind === arrival &&
        end.lane === peer &&
        end.peer === lane &&
        end.message === step.message &&
        !taken.has(at) &&
        isWithin(step, end),
    );
    if (to !== -1) taken.add(to);
    return [{ from, to: to === -1 ? null : to, lane, peer }];
  });
}

/** An arrival belongs to a departure of the last seconds; clocks may differ by a little. */
function isWithin(departure: Step, arrival: Step): boolean {
  const gap = (arrival.at ?? 0) - (departure.at ?? 0);
  return gap >= -CLOCKS_MS && gap <= MESSAGE_MS;
}

const CLOCKS_MS = 250;
/** A message that was not answered by then is sent again: what comes later belongs to that one. */
const MESSAGE_MS = 3_000;

/** Where each step stands on the axis, from 0: an equal stride, and more for a longer pause. */
export function placeSteps(steps: readonly Step[]): number[] {
  let x = 0;
  return steps.map((step, index) => {
    const before = steps[index - 1];
    if (before !== undefined) {
      const gap = step.at === null || before.at === null ? 0 : Math.max(0, step.at - before.at);
      x += STRIDE + PAUSE * Math.log2(1 + gap);
    }
    return x;
  });
}

const STRIDE = 8;
const PAUSE = 6;
