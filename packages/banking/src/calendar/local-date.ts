declare const localDate: unique symbol;

/** A day of the calendar, "2025-03-31", without time or zone; sorts as text. */
export type LocalDate = string & { readonly [localDate]: true };

const DAY_MS = 86_400_000;

/** Reads "yyyy-mm-dd" of the years 1900 to 9999; null when there is no such day. */
export function parseLocalDate(text: string): LocalDate | null {
  if (!/^(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(instant)) return null;
  // Date.parse may roll 31 February over into March: what comes back tells.
  return new Date(instant).toISOString().slice(0, 10) === text ? (text as LocalDate) : null;
}

/** Days since 1970-01-01. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** Throws a RangeError beyond the years 1900 to 9999. */
export function dateOfDayNumber(days: number): LocalDate {
  const date = parseLocalDate(new Date(days * DAY_MS).toISOString().slice(0, -14));
  if (date === null) throw new RangeError(`day ${days} is beyond the calendar`);
  return date;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** The same day of a later (or earlier) month, or that month's last day: 31 January + 1 = 28 or 29. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = splitDate(date);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  return makeDate(target.year, target.month, Math.min(day, daysInMonth(target)));
}

/** Calendar days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

export function splitDate(date: LocalDate): { year: number; month: number; day: number } {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

/** The date of a year, a month from 1 and a day from 1; the caller sees to it that it exists. */
export function makeDate(year: number, month: number, day: number): LocalDate {
  return dateOfDayNumber(Date.UTC(year, month - 1, day) / DAY_MS);
}

function daysInMonth({ year, month }: { year: number; month: number }): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
