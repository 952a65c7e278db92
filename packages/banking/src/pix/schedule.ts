import { addDays, addMonths, type LocalDate } from "../calendar/local-date.ts";
import { saoPauloInstant } from "../calendar/sao-paulo.ts";

export const pixEvery = ["once", "week", "month", "quarter", "half-year", "year"] as const;

/** How often a scheduled PIX or an automatic debit comes. */
export type PixEvery = (typeof pixEvery)[number];

const MONTHS = { month: 1, quarter: 3, "half-year": 6, year: 12 } as const;
const DAYS_OF_A_WEEK = 7;
/** No series goes on longer: a bound for the search of a cycle. */
const CYCLES_MAX = 10_000;

/**
 * The date of the n-th occurrence, from 1. A month that lacks the day takes its last one, and the
 * next month has the day again.
 */
export function occurrenceDate(first: LocalDate, every: PixEvery, number: number): LocalDate {
  const later = number - 1;
  if (every === "once" || later === 0) return first;
  return every === "week"
    ? addDays(first, later * DAYS_OF_A_WEEK)
    : addMonths(first, later * MONTHS[every]);
}

/** The cycle, from 1, in which a date falls; 0 before the first one. */
export function cycleOf(first: LocalDate, every: PixEvery, date: LocalDate): number {
  if (date < first) return 0;
  if (every === "once") return 1;
  let number = 1;
  while (number < CYCLES_MAX && occurrenceDate(first, every, number + 1) <= date) number += 1;
  return number;
}

/** Hours of the day in São Paulo, from 0 to 24. */
export interface HourWindow {
  readonly from: number;
  readonly until: number;
}

export interface AttemptWindows {
  readonly morning: HourWindow;
  readonly evening: HourWindow;
}

/**
 * The first instant from `after` on at which a PIX of that date may be attempted: in the morning
 * window of its day, or in the evening one; null once both are over.
 */
export function nextAttempt(date: LocalDate, after: Date, windows: AttemptWindows): Date | null {
  for (const { from, until } of [windows.morning, windows.evening]) {
    const start = saoPauloInstant(date, from);
    if (after < start) return start;
    if (after < saoPauloInstant(date, until)) return after;
  }
  return null;
}
