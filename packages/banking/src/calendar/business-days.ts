import { holidayOn } from "./holidays.ts";
import { addDays, dayNumber, type LocalDate } from "./local-date.ts";

/** Monday to Friday, but for bank holidays. */
export function isBusinessDay(date: LocalDate): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (((dayNumber(date) + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6 && holidayOn(date) === null;
}

/** The date itself when it is a business day, else the first one after it. */
export function businessDayFrom(date: LocalDate): LocalDate {
  let day = date;
  while (!isBusinessDay(day)) day = addDays(day, 1);
  return day;
}

/** The first business day after the date. */
export function nextBusinessDay(date: LocalDate): LocalDate {
  return businessDayFrom(addDays(date, 1));
}

/** The `count`-th business day after the date; before it when negative. 0 gives the date itself. */
export function addBusinessDays(date: LocalDate, count: number): LocalDate {
  const step = count < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    if (isBusinessDay(day)) left -= 1;
  }
  return day;
}

/** Business days from `from` on, up to and without `to`; 0 when `to` is not later. */
export function businessDaysBetween(from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) if (isBusinessDay(day)) count += 1;
  return count;
}

/**
 * The last day on which a charge with due date can be paid: `validDays` calendar days after the due
 * date, either moved on to a business day (pix-api 2.9.0, `validadeAposVencimento`).
 */
export function lastPayableDay(due: LocalDate, validDays: number): LocalDate {
  return businessDayFrom(addDays(businessDayFrom(due), validDays));
}
