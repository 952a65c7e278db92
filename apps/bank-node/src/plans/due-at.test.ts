import { expect, it } from "vitest";
import { dueAt } from "./due-at.ts";

const of = (first: string, every: "day" | "week" | "month", number: number) =>
  dueAt(new Date(first), every, number).toISOString();

it("keeps the time of day in São Paulo", () => {
  expect(of("2026-01-31T02:30:00.000Z", "day", 2)).toBe("2026-02-01T02:30:00.000Z");
  expect(of("2026-01-05T12:00:00.000Z", "week", 3)).toBe("2026-01-19T12:00:00.000Z");
});

it("takes a short month's last day, and the day itself again afterwards", () => {
  expect(of("2026-01-31T12:00:00.000Z", "month", 2)).toBe("2026-02-28T12:00:00.000Z");
  expect(of("2026-01-31T12:00:00.000Z", "month", 3)).toBe("2026-03-31T12:00:00.000Z");
  // 22:30 on 30 January in São Paulo is 31 January in UTC.
  expect(of("2026-01-31T01:30:00.000Z", "month", 2)).toBe("2026-03-01T01:30:00.000Z");
});
