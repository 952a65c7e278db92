import { addMonths, daysBetween, parseLocalDate, type LocalDate } from "@pacto/banking";
import { RefusalError } from "../trpc.ts";
import type { Days } from "./sql.ts";

const YEARS_MAX = 100;

/** Reads a period of time. Throws RefusalError `period-backwards`. */
export function readPeriod(period: { readonly from: string; readonly to: string }): Days {
  const from = parseLocalDate(period.from);
  const to = parseLocalDate(period.to);
  if (from === null || to === null || from >= to || daysBetween(from, to) > YEARS_MAX * 366) {
    throw new RefusalError({ code: "period-backwards", details: {} });
  }
  return { from, to };
}

/** A month as its first day and the first day after it. `2026-10` is one that exists. */
export function daysOfMonth(month: string): Days {
  const from = `${month}-01` as LocalDate;
  return { from, to: addMonths(from, 1) };
}

/** The month before the one of a day: `2026-10`. */
export function monthBefore(day: LocalDate): string {
  return addMonths(`${day.slice(0, 7)}-01` as LocalDate, -1).slice(0, 7);
}
