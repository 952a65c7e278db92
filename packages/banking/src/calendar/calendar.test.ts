import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addBusinessDays,
  businessDaysBetween,
  isBusinessDay,
  lastPayableDay,
  nextBusinessDay,
} from "./business-days.ts";
import { easterOf, holidayOn, holidaysOf } from "./holidays.ts";
import {
  addDays,
  addMonths,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  type LocalDate,
  parseLocalDate,
} from "./local-date.ts";
import { limitPeriod, saoPauloDate, saoPauloInstant } from "./sao-paulo.ts";

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new Error(text);
  return date;
}

describe("a date", () => {
  test("exists or is refused", () => {
    expect(parseLocalDate("2024-02-29")).toBe("2024-02-29");
    for (const text of ["2023-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "1899-12-31", ""]) {
      expect(parseLocalDate(text)).toBeNull();
    }
  });

  test("lies in the years 1900 to 9999", () => {
    expect(addDays(day("9999-12-30"), 1)).toBe("9999-12-31");
    expect(() => addDays(day("9999-12-31"), 1)).toThrow(RangeError);
    expect(() => addDays(day("1900-01-01"), -1)).toThrow(RangeError);
  });

  test("a month later is the month's last day at most", () => {
    expect(addMonths(day("2025-01-31"), 1)).toBe("2025-02-28");
    expect(addMonths(day("2024-01-31"), 1)).toBe("2024-02-29");
    expect(addMonths(day("2025-12-15"), 1)).toBe("2026-01-15");
    expect(addMonths(day("2025-01-31"), -2)).toBe("2024-11-30");
    expect(addMonths(day("2025-01-31"), 12)).toBe("2026-01-31");
  });
});

describe("bank holidays", () => {
  test.each([
    [1961, "1961-04-02"],
    [2000, "2000-04-23"],
    [2008, "2008-03-23"],
    [2011, "2011-04-24"],
    [2019, "2019-04-21"],
    [2024, "2024-03-31"],
    [2025, "2025-04-20"],
    [2026, "2026-04-05"],
    [2038, "2038-04-25"],
  ])("Easter of %s is %s", (year, date) => {
    expect(easterOf(year)).toBe(date);
  });

  test("of 2025, movable ones included", () => {
    expect(holidaysOf(2025).map(({ date }) => date)).toEqual([
      "2025-01-01",
      "2025-03-03",
      "2025-03-04",
      "2025-04-18",
      "2025-04-21",
      "2025-05-01",
      "2025-06-19",
      "2025-09-07",
      "2025-10-12",
      "2025-11-02",
      "2025-11-15",
      "2025-11-20",
      "2025-12-25",
    ]);
  });

  test("count Consciência Negra since 2024", () => {
    expect(holidayOn(day("2023-11-20"))).toBeNull();
    expect(holidayOn(day("2024-11-20"))).toBe("black-awareness");
  });
});

describe("business days", () => {
  test("leave out week-ends and holidays", () => {
    expect(nextBusinessDay(day("2025-04-17"))).toBe("2025-04-22");
    expect(nextBusinessDay(day("2025-12-24"))).toBe("2025-12-26");
    expect(addBusinessDays(day("2025-04-17"), 2)).toBe("2025-04-23");
    expect(addBusinessDays(day("2025-04-22"), -1)).toBe("2025-04-17");
    expect(addBusinessDays(day("2025-04-19"), 0)).toBe("2025-04-19");
    expect(businessDaysBetween(day("2025-04-17"), day("2025-04-23"))).toBe(2);
    expect(businessDaysBetween(day("2025-04-23"), day("2025-04-17"))).toBe(0);
  });

  test("of a business year are about 252", () => {
    expect(businessDaysBetween(day("2023-01-01"), day("2024-01-01"))).toBe(249);
    expect(businessDaysBetween(day("2024-01-01"), day("2025-01-01"))).toBe(253);
  });

  test.each([
    ["2020-10-20", 4, "2020-10-26"],
    ["2020-12-25", 0, "2020-12-28"],
    ["2020-12-25", 1, "2020-12-29"],
    ["2020-12-25", 3, "2020-12-31"],
    ["2020-12-25", 4, "2021-01-04"],
    ["2021-08-27", 5, "2021-09-01"],
    ["2021-08-28", 5, "2021-09-06"],
  ])("a charge due %s and valid %i days more is payable until %s", (due, validDays, last) => {
    expect(lastPayableDay(day(due), validDays)).toBe(last);
  });

  test("adding and counting agree", () => {
    const dates = fc.integer({ min: 18_000, max: 30_000 }).map(dateOfDayNumber);
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (date, count) => {
        const later = addBusinessDays(date, count);
        expect(isBusinessDay(later)).toBe(true);
        expect(businessDaysBetween(addDays(date, 1), addDays(later, 1))).toBe(count);
        expect(daysBetween(date, later)).toBe(dayNumber(later) - dayNumber(date));
      }),
    );
  });
});

describe("São Paulo", () => {
  test("lesson 38: at 23:30 it is still today there and tomorrow in UTC", () => {
    const instant = new Date("2025-03-11T02:30:00Z");
    expect(saoPauloDate(instant)).toBe("2025-03-10");
    expect(saoPauloDate(new Date("2025-03-11T03:00:00Z"))).toBe("2025-03-11");
    expect(saoPauloDate(new Date("2025-03-11T02:59:59.999Z"))).toBe("2025-03-10");
    expect(saoPauloInstant(day("2025-03-11")).toISOString()).toBe("2025-03-11T03:00:00.000Z");
  });

  test.each([
    [
      "2025-03-10T23:30:00-03:00",
      "night",
      "2025-03-10T20:00:00-03:00",
      "2025-03-11T06:00:00-03:00",
    ],
    [
      "2025-03-11T00:30:00-03:00",
      "night",
      "2025-03-10T20:00:00-03:00",
      "2025-03-11T06:00:00-03:00",
    ],
    [
      "2025-03-11T05:59:59-03:00",
      "night",
      "2025-03-10T20:00:00-03:00",
      "2025-03-11T06:00:00-03:00",
    ],
    ["2025-03-11T06:00:00-03:00", "day", "2025-03-11T06:00:00-03:00", "2025-03-11T20:00:00-03:00"],
    ["2025-03-11T19:59:59-03:00", "day", "2025-03-11T06:00:00-03:00", "2025-03-11T20:00:00-03:00"],
    [
      "2025-03-11T20:00:00-03:00",
      "night",
      "2025-03-11T20:00:00-03:00",
      "2025-03-12T06:00:00-03:00",
    ],
  ])("%s is in the %s from %s to %s", (instant, kind, start, end) => {
    expect(limitPeriod(new Date(instant))).toEqual({
      kind,
      start: new Date(start),
      end: new Date(end),
    });
  });

  test("a client may choose when the night begins", () => {
    const late = { startsAt: 22, endsAt: 6 };
    expect(limitPeriod(new Date("2025-03-11T21:00:00-03:00"), late).kind).toBe("day");
    expect(limitPeriod(new Date("2025-03-11T22:00:00-03:00"), late).kind).toBe("night");
  });

  test("every instant is in its own period", () => {
    const instants = fc.date({
      min: new Date("2020-01-01"),
      max: new Date("2040-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const { start, end } = limitPeriod(instant);
        expect(start <= instant && instant < end).toBe(true);
      }),
    );
  });
});
