import { businessDayFrom } from "../calendar/business-days.ts";
import { addMonths, type LocalDate } from "../calendar/local-date.ts";

/** Due dates month by month from the first one, each moved on to a business day. */
export function dueDates(first: LocalDate, count: number): LocalDate[] {
  return Array.from({ length: count }, (_, at) => businessDayFrom(addMonths(first, at)));
}
