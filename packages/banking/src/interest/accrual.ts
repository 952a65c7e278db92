import { isBusinessDay } from "../calendar/business-days.ts";
import { addDays, type LocalDate } from "../calendar/local-date.ts";
import { divideHalfEven } from "../money/divide-half-even.ts";
import { PPM } from "./interest.ts";

/** Day counts that say what one day is worth; the others only know whole spans of time. */
export type DailyCount = "actual/365" | "actual/360" | "business/252";

export interface DailyRate {
  /** From this day on, until the next rate. */
  readonly since: LocalDate;
  /** Per year in parts per million. */
  readonly yearlyRatePpm: bigint;
  readonly dayCount: DailyCount;
}

export interface DayBalance {
  readonly on: LocalDate;
  /** At the end of the day, in centavos. */
  readonly balanceCentavos: bigint;
}

export interface AccrualTerms {
  /** The first day that bears interest … */
  readonly from: LocalDate;
  /** … and the first one that no longer does. */
  readonly to: LocalDate;
  /** What stood in the account before `from`. */
  readonly openingCentavos: bigint;
  /** Days on which the balance changed, in order. */
  readonly changes: readonly DayBalance[];
  /** In order of their days; days before the first one bear nothing. */
  readonly rates: readonly DailyRate[];
  /** `savings` counts what is above zero, `overdraft` what is below. */
  readonly side: "savings" | "overdraft";
}

/** The least common multiple of 365, 360 and 252: a day's share of a year in whole parts. */
const YEAR_PARTS = 183_960n;

const PARTS_OF_A_DAY: Readonly<Record<DailyCount, bigint>> = {
  "actual/365": YEAR_PARTS / 365n,
  "actual/360": YEAR_PARTS / 360n,
  "business/252": YEAR_PARTS / 252n,
};

/**
 * Simple interest on the balance at the end of each day of a period, by the rate of that day:
 * centavos, summed exactly and rounded half to even once. Never negative.
 */
export function accrueDaily(terms: AccrualTerms): bigint {
  const { from, to, changes, rates, side } = terms;
  let balance = terms.openingCentavos;
  let nextChange = 0;
  let rate: DailyRate | undefined;
  let nextRate = 0;
  let sum = 0n;
  for (let day = from; day < to; day = addDays(day, 1)) {
    for (let one = changes[nextChange]; one !== undefined && one.on <= day;) {
      balance = one.balanceCentavos;
      nextChange += 1;
      one = changes[nextChange];
    }
    for (let one = rates[nextRate]; one !== undefined && one.since <= day;) {
      rate = one;
      nextRate += 1;
      one = rates[nextRate];
    }
    const bearing = side === "savings" ? balance : -balance;
    if (rate === undefined || bearing <= 0n) continue;
    if (rate.dayCount === "business/252" && !isBusinessDay(day)) continue;
    sum += bearing * rate.yearlyRatePpm * PARTS_OF_A_DAY[rate.dayCount];
  }
  return divideHalfEven(sum, PPM * YEAR_PARTS);
}
