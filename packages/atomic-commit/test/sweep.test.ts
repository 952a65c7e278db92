import { describe, expect, it } from "vitest";
import { sweepCrashes } from "../src/simulator/index.ts";
import { money } from "./money.ts";

/** Guarantee: there is no database transaction at which a crash or a lost COMMIT does harm. */
describe.each(["local", "register"] as const)("a schedule with a %s decider", (decider) => {
  it("survives every fate of every single database transaction", () => {
    let schedules = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const result = sweepCrashes(seed, { resources: money, decider });
      expect(result.failure).toBeNull();
      schedules += result.schedules;
    }
    expect(schedules).toBeGreaterThan(5_000);
  }, 300_000);

  it("survives every pair of crashes", () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const options = { resources: money, decider, transactions: 2, pairs: true };
      expect(sweepCrashes(seed, options).failure).toBeNull();
    }
  }, 300_000);
});
