import { describe, expect, it } from "vitest";
import { traceAsMermaid, traceAsText } from "../src/simulator/index.ts";
import { loadMutant } from "./build-mutant.ts";
import { mutants } from "./mutants.ts";
import { must } from "./scenes.ts";

describe("a schedule that breaks a law", () => {
  it("shrinks to a few deliveries that still break it, and can be drawn", async () => {
    const mutant = must(mutants.find(({ name }) => name === "no tombstone"));
    const { campaign, shrink } = await loadMutant(mutant.edits);
    const failure = must(campaign(1, 10_000, mutant.decider).failure ?? undefined);
    const shrunk = shrink(failure, mutant.decider);
    expect(shrunk.violation?.law).toBe(failure.violation?.law);
    expect(shrunk.steps).toBeLessThan(failure.steps);
    expect(shrunk.events.length).toBeLessThan(40);
    const again = shrink(failure, mutant.decider);
    expect(again.hash).toBe(shrunk.hash);
    expect(traceAsText(shrunk.events)).toContain("abort");
    expect(traceAsMermaid(shrunk.events)).toMatch(/^sequenceDiagram\n {2}participant A/);
  }, 300_000);
});
