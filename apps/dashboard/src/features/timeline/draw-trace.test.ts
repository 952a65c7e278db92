import { expect, it } from "vitest";
import { drawTrace, readTrace, transactionsIn } from "./draw-trace.ts";

const events = [
  { kind: "note", at: "A", what: "t0 coordinator begin: ∅ → preparing (hold) by replica 0" },
  { kind: "send", from: "A", to: "B", what: "t0 prepare" },
  { kind: "send", from: "A", to: "B", what: "t0 prepare" },
  { kind: "note", at: "A", what: "a replica is killed" },
  { kind: "deliver", from: "A", to: "B", what: "t0 prepare" },
  { kind: "send", from: "B", to: "A", what: "t0 vote yes" },
  { kind: "note", at: "B", what: "t0 participant prepare: ∅ → prepared (hold) by replica 0" },
  { kind: "send", from: "C", to: "A", what: "t1 prepare" },
  { kind: "deliver", from: "B", to: "A", what: "t0 vote" },
  { kind: "note", at: "A", what: "t0 coordinator decide: preparing → committed by replica 1" },
  { kind: "send", from: "A", to: "B", what: "t0 commit" },
  { kind: "deliver", from: "A", to: "B", what: "t0 decision" },
  { kind: "note", at: "B", what: "t0 participant decision: prepared → committed (capture)" },
] as const;

it("draws one transaction of a simulated schedule as the lanes of a real one", () => {
  expect(transactionsIn(events)).toEqual(["t0", "t1"]);
  const { lanes, steps, arrows } = drawTrace(events, "t0");
  expect(lanes.map(({ id, roles }) => [id, roles])).toEqual([
    ["A", ["coordinator"]],
    ["B", ["participant"]],
  ]);
  expect(
    steps.map(({ kind }) => kind).filter((kind) => kind !== "sent" && kind !== "received"),
  ).toEqual(["begun", "note", "voted", "decided", "applied"]);
  // The repeated message never arrived.
  expect(arrows.map(({ from, to }) => [from, to])).toEqual([
    [1, 4],
    [2, null],
    [5, 7],
    [9, 10],
  ]);
  expect(lanes[1]?.held).toEqual({ from: 6, to: 11 });
});

it("reads what the simulator wrote, a broken law's schedule too, and nothing else", () => {
  expect(readTrace(JSON.stringify({ events }))).toHaveLength(events.length);
  expect(readTrace(JSON.stringify({ violation: { events } }))).toHaveLength(events.length);
  expect(readTrace("{}")).toBeNull();
  expect(readTrace("not JSON")).toBeNull();
  expect(readTrace(JSON.stringify({ events: [{ kind: "send", from: "A" }] }))).toBeNull();
});
