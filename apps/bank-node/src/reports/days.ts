import { daysBetween, parseLocalDate, type LocalDate } from "@pacto/banking";
import { RefusalError } from "../trpc.ts";

const DAYS_MAX = 36_600;

/** Reads a first and a last day, both counted. Throws RefusalError `period-backwards`. */
export function readDays(days: { readonly from: string; readonly to: string }) {
  const from = parseLocalDate(days.from);
  const to = parseLocalDate(days.to);
  if (from === null || to === null || from > to || daysBetween(from, to) > DAYS_MAX) {
    throw new RefusalError({ code: "period-backwards", details: {} });
  }
  return { from, to };
}

/** Reads one day. Throws RefusalError `period-backwards`. */
export function readDay(on: string): LocalDate {
  return readDays({ from: on, to: on }).from;
}
