import { describe, expect, it } from "vitest";
import { findScheduleProblem, type ScheduleDraft, toSchedule } from "./schedule.ts";

const now = Date.parse("2026-11-30T15:00:00.000Z");
const monthly: ScheduleDraft = {
  every: "month",
  on: "2026-12-05",
  time: "09:30",
  occurrences: "12",
  retryMinutes: "60",
};

describe("a schedule", () => {
  it("begins at a time of São Paulo", () => {
    expect(toSchedule(monthly, now)).toEqual({
      firstAt: "2026-12-05T12:30:00.000Z",
      every: "month",
      occurrences: 12,
      retryMinutes: 60,
    });
  });

  it("goes on until it is cancelled where no number is given, and once is once", () => {
    expect(toSchedule({ ...monthly, occurrences: "" }, now)).not.toHaveProperty("occurrences");
    expect(toSchedule({ ...monthly, every: "once" }, now)).not.toHaveProperty("occurrences");
  });

  it("tells what is wrong with it", () => {
    const problem = (change: Partial<ScheduleDraft>) =>
      findScheduleProblem({ ...monthly, ...change }, now);
    expect(problem({})).toBeNull();
    expect(problem({ on: "" })).toBe("on");
    expect(problem({ time: "25:00" })).toBe("on");
    expect(problem({ on: "2026-11-30", time: "12:00" })).toBe("past");
    expect(problem({ on: "2026-11-30", time: "12:01" })).toBeNull();
    expect(problem({ occurrences: "0" })).toBe("occurrences");
    expect(problem({ retryMinutes: "4" })).toBe("retryMinutes");
    expect(toSchedule({ ...monthly, retryMinutes: "x" }, now)).toBeNull();
  });
});
