import { describe, expect, it } from "vitest";
import { runSchedule, runSchedules, unreached } from "../src/simulator/index.ts";
import { money } from "./money.ts";
import { runInParts } from "./run-in-parts.ts";

const SCHEDULES = 50_000;

/**
 * Simulation. Guarantee: the same laws with the decision in a register of three witness banks, and
 * beyond them that nobody is left in doubt while two witnesses live, whoever else is dead (R5).
 */
describe("a decision by a register of witnesses", () => {
  it(`keeps every law over ${SCHEDULES} schedules and reaches what there is to reach`, async () => {
    const result = await runInParts(SCHEDULES, "register");
    expect(result.failure).toBeNull();
    expect(result.schedules).toBe(SCHEDULES);
    expect(result.committed).toBeGreaterThan(SCHEDULES);
    expect(unreached(result.coverage)).toEqual([]);
  }, 900_000);

  it("leaves nobody in doubt when any one bank dies for good", () => {
    for (let doomed = 0; doomed < 4; doomed += 1) {
      const swarm = { faultFree: false, doomed };
      const result = runSchedules(1, 1_000, { resources: money, decider: "register", swarm });
      expect(result.failure).toBeNull();
      expect(result.inDoubt).toBe(0);
    }
  }, 300_000);

  it("never blocks where the same schedules block without a register", () => {
    const swarm = { faultFree: false, doomed: 1 };
    const options = { resources: money, swarm };
    const blocked = runSchedules(1, 3_000, { ...options, decider: "local" });
    expect(blocked.failure).toBeNull();
    expect(blocked.inDoubt).toBeGreaterThan(0);
  }, 300_000);

  it("gives the same trace for the same seed", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const options = { resources: money, decider: "mixed" as const };
      expect(runSchedule(seed, options).hash).toBe(runSchedule(seed, options).hash);
    }
    const hashes = new Set<number>();
    for (let seed = 1; seed <= 300; seed += 1) {
      hashes.add(runSchedule(seed, { resources: money, decider: "mixed" }).hash);
    }
    expect(hashes.size).toBeGreaterThan(295);
  });
});
