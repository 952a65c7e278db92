import { describe, expect, it } from "vitest";
import { runSchedules, unreached } from "../src/simulator/index.ts";
import { money } from "./money.ts";
import { runInParts } from "./run-in-parts.ts";

const SCHEDULES = 50_000;

/**
 * Simulation. Guarantee: under loss, repetition, reordering, replay, partitions, crashes before
 * and after every commit, unknown commits, skewed clocks, compaction and banks dead for good, no
 * schedule breaks a law, and healed worlds come to rest.
 */
describe("a decision by the coordinator's database", () => {
  it(`keeps every law over ${SCHEDULES} schedules and reaches what there is to reach`, async () => {
    const result = await runInParts(SCHEDULES, "local");
    expect(result.failure).toBeNull();
    expect(result.schedules).toBe(SCHEDULES);
    expect(result.committed).toBeGreaterThan(SCHEDULES);
    const missed = unreached(result.coverage).filter((name) => !name.startsWith("register"));
    expect(missed).toEqual([]);
  }, 900_000);

  it("leaves branches in doubt only where the coordinator's bank is gone for good", () => {
    // Neither dead nor set back to a backup, which can lose the only record of a decision.
    const swarm = { doomed: -1, restore: 0 };
    const alive = runSchedules(1, 3_000, { resources: money, decider: "local", swarm });
    expect(alive.failure).toBeNull();
    expect(alive.inDoubt).toBe(0);
  }, 300_000);
});
