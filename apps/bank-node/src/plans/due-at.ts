import { addDays, addMonths, saoPauloDate, saoPauloInstant } from "@pacto/banking";
import type { Every } from "@pacto/contract";

/**
 * When the n-th occurrence (from 1) of a plan is due: the same time of day in São Paulo, so many
 * days, weeks or months after the first. A month that lacks the day takes its last one; the next
 * month has the day again.
 */
export function dueAt(firstAt: Date, every: Every, number: number): Date {
  const first = saoPauloDate(firstAt);
  const timeOfDay = firstAt.getTime() - saoPauloInstant(first).getTime();
  const later = number - 1;
  const date =
    every === "month"
      ? addMonths(first, later)
      : addDays(first, every === "week" ? later * 7 : every === "day" ? later : 0);
  return new Date(saoPauloInstant(date).getTime() + timeOfDay);
}
