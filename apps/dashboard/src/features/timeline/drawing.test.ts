import type { ProtocolEvent, Timeline } from "@pacto/contract";
import { expect, it } from "vitest";
import { drawTimelines, placeSteps } from "./drawing.ts";

const at = (ms: number) => new Date(1_000_000 + ms).toISOString();

function event(ms: number, rest: Partial<ProtocolEvent>): ProtocolEvent {
  return {
    at: at(ms),
    kind: "sent",
    peer: "verde",
    message: "prepare",
    says: null,
    ballot: null,
    signatures: 1,
    tookMs: null,
    ...rest,
  };
}

function timeline(bank: string, rest: Partial<Timeline>): Timeline {
  return {
    bank,
    clock: at(100),
    remembersSince: at(-1_000),
    durable: {
      begunAt: null,
      decidedAt: null,
      votedAt: null,
      appliedAt: null,
      witnessedAt: null,
    },
    events: [],
    ...rest,
  };
}

const marks = timeline("azul", {}).durable;

it("joins both ends of a message and of its answer, causes first on one millisecond", () => {
  const drawing = drawTimelines("azul", [
    timeline("verde", {
      durable: { ...marks, votedAt: at(5) },
      events: [
        event(5, { kind: "received", peer: "azul" }),
        event(5, { kind: "replied", peer: "azul", message: "vote", says: "yes" }),
      ],
    }),
    timeline("azul", {
      durable: { ...marks, begunAt: at(5) },
      events: [event(5, {}), event(5, { kind: "answered", message: "vote", says: "yes" })],
    }),
  ]);
  expect(drawing.steps.map(({ lane, kind }) => `${lane} ${kind}`)).toEqual([
    "azul begun",
    "azul sent",
    "verde received",
    "verde voted",
    "verde replied",
    "azul answered",
  ]);
  expect(drawing.arrows).toMatchObject([
    { from: 1, to: 2 },
    { from: 4, to: 5 },
  ]);
  expect(drawing.lanes.map(({ id, roles }) => [id, roles])).toEqual([
    ["azul", ["coordinator"]],
    ["verde", ["participant"]],
  ]);
  expect(drawing.lanes[1]?.held).toEqual({ from: 3, to: null });
});

it("draws a lost message without an end, and the next one to where it arrived", () => {
  const { arrows } = drawTimelines("azul", [
    timeline("azul", {
      events: [event(0, {}), event(2_500, { kind: "unanswered" }), event(9_000, {})],
    }),
    timeline("verde", { events: [event(9_001, { kind: "received", peer: "azul" })] }),
  ]);
  expect(arrows).toMatchObject([
    { from: 0, to: null },
    { from: 2, to: 3 },
  ]);
});

it("says from when on a bank remembers, if it began again meanwhile", () => {
  const { lanes } = drawTimelines("azul", [
    timeline("azul", { durable: { ...marks, begunAt: at(0) } }),
    timeline("verde", {
      remembersSince: at(4_000),
      durable: { ...marks, votedAt: at(6), appliedAt: at(4_200) },
    }),
  ]);
  expect(lanes.map(({ rememberedFrom }) => rememberedFrom)).toEqual([null, 1_004_000]);
});

it("gives every step a place of its own, in order, and a longer pause more room", () => {
  const { steps } = drawTimelines("azul", [
    timeline("azul", { events: [event(0, {}), event(0, {}), event(60_000, {})] }),
  ]);
  const [first = 0, second = 0, third = 0] = placeSteps(steps);
  expect(second).toBeGreaterThan(first);
  expect(third - second).toBeGreaterThan(4 * (second - first));
});
