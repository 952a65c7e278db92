import { expect, it } from "vitest";
import type { LocalDate } from "../calendar/local-date.ts";
import { cycleOf, nextAttempt, occurrenceDate, type PixEvery } from "./schedule.ts";

const day = (text: string) => text as LocalDate;
const windows = { morning: { from: 0, until: 8 }, evening: { from: 18, until: 21 } };

it("comes weekly to yearly on its day, or on a short month's last one", () => {
  const third = (every: PixEvery) => occurrenceDate(day("2027-01-31"), every, 3);
  expect(third("week")).toBe("2027-02-14");
  expect(third("month")).toBe("2027-03-31");
  expect(occurrenceDate(day("2027-01-31"), "month", 2)).toBe("2027-02-28");
  expect(third("quarter")).toBe("2027-07-31");
  expect(third("half-year")).toBe("2028-01-31");
  expect(third("year")).toBe("2029-01-31");
  expect(third("once")).toBe("2027-01-31");
});

it("knows in which cycle a date falls", () => {
  const of = (date: string) => cycleOf(day("2027-01-31"), "month", day(date));
  expect([of("2027-01-30"), of("2027-01-31"), of("2027-02-27"), of("2027-02-28")]).toEqual([
    ...[0, 1, 1, 2],
  ]);
  expect(cycleOf(day("2027-01-31"), "once", day("2030-01-01"))).toBe(1);
});

it("attempts in the morning, again in the evening, both of São Paulo, and then no more", () => {
  const at = (instant: string) =>
    nextAttempt(day("2027-03-10"), new Date(instant), windows)?.toISOString() ?? null;
  // 23:30 of 9 March in São Paulo is 10 March in UTC already.
  expect(at("2027-03-10T02:30:00Z")).toBe("2027-03-10T03:00:00.000Z");
  expect(at("2027-03-10T05:00:00Z")).toBe("2027-03-10T05:00:00.000Z");
  expect(at("2027-03-10T11:00:00Z")).toBe("2027-03-10T21:00:00.000Z");
  expect(at("2027-03-10T23:59:00Z")).toBe("2027-03-10T23:59:00.000Z");
  expect(at("2027-03-11T00:00:00Z")).toBeNull();
});
