import { type Arrow, type Drawing, laneOf, type MarkKind, nothing, type Step } from "./drawing.ts";

/** One line of a simulated schedule, as `pacto simulate --trace --json` writes it. */
export type TraceEvent =
  | {
      readonly kind: "send" | "deliver";
      readonly from: string;
      readonly to: string;
      readonly what: string;
    }
  | { readonly kind: "note"; readonly at: string; readonly what: string };

/** More than anybody scrolls through; a schedule of the simulator has a few hundred. */
const EVENTS_MAX = 5_000;

/**
 * The events in what the simulator wrote, of a schedule that held or of one that broke a law; null
 * where the text is something else.
 */
export function readTrace(text: string): readonly TraceEvent[] | null {
  try {
    const read = JSON.parse(text) as { events?: unknown; violation?: { events?: unknown } | null };
    const events = read.events ?? read.violation?.events;
    if (!Array.isArray(events) || events.length > EVENTS_MAX) return null;
    return events.every(isEvent) ? events : null;
  } catch {
    return null;
  }
}

function isEvent(value: unknown): value is TraceEvent {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  const told = value as Record<string, unknown>;
  const places = told["kind"] === "note" ? ["at"] : ["from", "to"];
  const isKnown = ["send", "deliver", "note"].includes(String(told["kind"]));
  return isKnown && [...places, "what"].every((name) => typeof told[name] === "string");
}

/** The transactions that a trace is about: `t0`, `t1`, … */
export function transactionsIn(events: readonly TraceEvent[]): string[] {
  const first = events.map(({ what }) => what.split(" ")[0] ?? "");
  return [...new Set(first.filter((word) => /^t\d+$/.test(word)))];
}

/** One transaction of a simulated schedule as lanes; what happens to a whole bank belongs to all. */
export function drawTrace(events: readonly TraceEvent[], transaction: string): Drawing {
  const about = events.filter(({ what }) => {
    const [word = ""] = what.split(" ");
    return word === transaction || !/^t\d+$/.test(word);
  });
  const steps = about.map((event) => stepOf(event, transaction));
  const coordinator = steps.find(({ kind }) => kind === "begun")?.lane ?? "";
  const witnesses = new Set(
    about.flatMap((event) => (isNote(event) && / witness /.test(event.what) ? [event.at] : [])),
  );
  const ids = [
    ...new Set(steps.flatMap(({ lane, peer }) => (peer === null ? [lane] : [lane, peer]))),
  ];
  const lanes = ids.toSorted().map((id) => ({
    ...laneOf(id, { coordinator, steps, isWitness: witnesses.has(id) }),
    isTold: true,
    rememberedFrom: null,
  }));
  return { lanes, steps, arrows: arrowsOf(steps) };
}

function isNote(event: TraceEvent): event is Extract<TraceEvent, { kind: "note" }> {
  return event.kind === "note";
}

function stepOf(event: TraceEvent, transaction: string): Step {
  const words = event.what.split(" ").filter((word) => word !== transaction);
  if (isNote(event)) {
    const mark = markOf(words.join(" "));
    return { ...nothing, at: null, lane: event.at, kind: mark ?? "note", says: words.join(" ") };
  }
  const [name = "", ...rest] = words;
  const isOutcome = name === "commit" || name === "abort";
  const ballot = rest.find((word) => /^\d+$/.test(word));
  return {
    ...nothing,
    at: null,
    lane: event.kind === "send" ? event.from : event.to,
    peer: event.kind === "send" ? event.to : event.from,
    kind: event.kind === "send" ? "sent" : "received",
    message: isOutcome ? "decision" : name,
    says: isOutcome ? name : (rest.find((word) => !/^\d+$/.test(word)) ?? null),
    ballot: ballot === undefined ? null : Number(ballot),
  };
}

/** A note of a step that changed a bank's durable state in a way that the story tells. */
function markOf(text: string): MarkKind | null {
  const [, role, before, after] = /^(coordinator|participant) \S+: (\S+) → (\S+)/.exec(text) ?? [];
  if (role === undefined || before === after) return null;
  const isOutcome = after === "committed" || after === "aborted";
  if (role === "coordinator") return before === "∅" ? "begun" : isOutcome ? "decided" : null;
  return after === "prepared" ? "voted" : isOutcome ? "applied" : null;
}

/** Each delivery with the first sending of that message that is still on its way. */
function arrowsOf(steps: readonly Step[]): Arrow[] {
  const sendings = steps.flatMap((step, from) =>
    step.kind === "sent" && step.peer !== null && step.peer !== step.lane
      ? [
          {
            from,
            lane: step.lane,
            peer: step.peer,
            message: step.message,
            to: null as number | null,
          },
        ]
      : [],
  );
  for (const [at, step] of steps.entries()) {
    if (step.kind !== "received") continue;
    const sending = sendings.find(
      ({ from, lane, peer, message, to }) =>
        to === null &&
        from < at &&
        lane === step.peer &&
        peer === step.lane &&
        message === step.message,
    );
    if (sending !== undefined) sending.to = at;
  }
  return sendings.map(({ from, to, lane, peer }) => ({ from, to, lane, peer }));
}
