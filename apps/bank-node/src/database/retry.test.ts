import { describe, expect, it } from "vitest";
import { LostTransaction } from "./lost-transaction.ts";
import { CONFLICT_BUDGET, pauseMs, withRetry } from "./retry.ts";

const conflict = () => Object.assign(new Error("conflict"), { code: "40001" });
const quick = { attempts: 4, totalMs: 1_000, baseMs: 1, capMs: 2 };

describe("retrying after a conflict", () => {
  it("repeats the whole work until it passes", async () => {
    const tries: number[] = [];
    const result = await withRetry(async (attempt) => {
      tries.push(attempt);
      if (attempt < 3) throw conflict();
      return "done";
    }, quick);
    expect(result).toBe("done");
    expect(tries).toEqual([1, 2, 3]);
  });

  it("stops at its budget and throws the last conflict as it came", async () => {
    let tries = 0;
    const work = withRetry(async () => {
      tries += 1;
      throw conflict();
    }, quick);
    await expect(work).rejects.toMatchObject({ code: "40001" });
    expect(tries).toBe(4);
  });

  it("never repeats an unknown outcome, nor a bug", async () => {
    for (const error of [new LostTransaction("commit", undefined), new TypeError("bug")]) {
      let tries = 0;
      const work = withRetry(async () => {
        tries += 1;
        throw error;
      }, quick);
      await expect(work).rejects.toBe(error);
      expect(tries).toBe(1);
    }
  });

  it("spreads its tries over seconds, not milliseconds (lesson 35)", () => {
    let longest = 0;
    for (let attempt = 1; attempt < CONFLICT_BUDGET.attempts; attempt += 1) {
      longest += pauseMs(CONFLICT_BUDGET, attempt, 1);
      expect(pauseMs(CONFLICT_BUDGET, attempt, 0)).toBe(0);
      expect(pauseMs(CONFLICT_BUDGET, attempt, 1)).toBeLessThanOrEqual(CONFLICT_BUDGET.capMs);
    }
    expect(longest).toBeGreaterThan(1_000);
  });
});
