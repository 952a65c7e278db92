import { describe, expect, it } from "vitest";
import { loadMutant, loadSimulator } from "./build-mutant.ts";
import { mutants } from "./mutants.ts";

const SCHEDULES = 10_000;

/** A simulator that lets a seeded bug live would let a real one live. */
describe("the simulator kills", () => {
  it("at least 25 mutants, each with a name of its own", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(25);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it("nothing in the sources as they are", async () => {
    const { campaign } = await loadSimulator();
    expect(campaign(1, 500, "mixed").failure?.violation ?? null).toBeNull();
  });

  it.each(mutants)(
    "$name ($rule)",
    async ({ name, decider, swarm, edits }) => {
      const { campaign } = await loadMutant(edits);
      const { failure, schedules } = campaign(1, SCHEDULES, decider, swarm);
      expect(failure?.violation, `${name} survived ${schedules} schedules`).toBeTruthy();
    },
    300_000,
  );
});
