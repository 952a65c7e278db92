import { businessDaysBetween } from "../calendar/business-days.ts";
import { addMonths, daysBetween, type LocalDate, splitDate } from "../calendar/local-date.ts";

/**
 * How much of a year lies between two dates: `anniversary` counts whole years from date to date
 * and the days that remain in 365ths, so that a year is a year, leap or not; `actual/365` and
 * `actual/360` count calendar days; `30/360` takes every month for 30 days; `business/252` counts
 * business days, as Brazilian reference rates do.
 */
export type DayCount = "anniversary" | "actual/365" | "actual/360" | "30/360" | "business/252";

/** An exact share of a year. */
export interface YearFraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Throws a RangeError when `to` is before `from`. */
export function yearFraction(from: LocalDate, to: LocalDate, dayCount: DayCount): YearFraction {
  if (to < from) throw new RangeError(`${to} is before ${from}`);
  switch (dayCount) {
    case "anniversary":
      return countAnniversaries(from, to);
    case "actual/365":
      return { numerator: BigInt(daysBetween(from, to)), denominator: 365n };
    case "actual/360":
      return { numerator: BigInt(daysBetween(from, to)), denominator: 360n };
    case "30/360":
      return { numerator: countThirties(from, to), denominator: 360n };
    case "business/252":
      return { numerator: BigInt(businessDaysBetween(from, to)), denominator: 252n };
  }
}

function countAnniversaries(from: LocalDate, to: LocalDate): YearFraction {
  let years = splitDate(to).year - splitDate(from).year;
  if (addMonths(from, 12 * years) > to) years -= 1;
  // The day before the next anniversary may be the 365th that remains: still less than a year.
  const rest = Math.min(daysBetween(addMonths(from, 12 * years), to), 365);
  return { numerator: BigInt(years * 365 + rest), denominator: 365n };
}

/** The 30E/360 rule: the 31st counts as the 30th. */
function countThirties(from: LocalDate, to: LocalDate): bigint {
  const [start, end] = [splitDate(from), splitDate(to)];
  const days = Math.min(end.day, 30) - Math.min(start.day, 30);
  return BigInt((end.year - start.year) * 360 + (end.month - start.month) * 30 + days);
}
