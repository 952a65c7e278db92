import {
  businessDayFrom,
  businessDaysBetween,
  lastPayableDay,
} from "../../calendar/business-days.ts";
import { daysBetween, type LocalDate } from "../../calendar/local-date.ts";
import { divideHalfEven } from "../../money/divide-half-even.ts";

/** Centavos of a fixed value, hundredths of a percent of a percentage: two decimals either way. */
type Hundredths = bigint;

/** `modalidade` of multa and abatimento in pix-api: 1 fixed, 2 percent. */
export interface FixedOrPercent {
  readonly modality: 1 | 2;
  readonly value: Hundredths;
}

/**
 * `modalidade` of juros: 1 value a day, 2 % a day, 3 % a month, 4 % a year, in calendar days; 5 to
 * 8 the same in business days.
 */
export interface Interest {
  readonly modality: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  readonly value: Hundredths;
}

/** `modalidade` 1 and 2 of desconto: fixed or percent until a date. */
export interface DatedDiscount {
  readonly modality: 1 | 2;
  /** At most three, each on or before the due date. */
  readonly until: readonly { readonly date: LocalDate; readonly value: Hundredths }[];
}

/** `modalidade` 3 to 6: value (3, 4) or percent (5, 6) a day early, calendar (3, 5) or business. */
export interface EarlyDiscount {
  readonly modality: 3 | 4 | 5 | 6;
  readonly value: Hundredths;
}

export interface ChargeTerms {
  readonly original: bigint;
  readonly dueOn: LocalDate;
  /** Calendar days after the due date in which it may still be paid. */
  readonly validAfterDueDays: number;
  readonly fine?: FixedOrPercent;
  readonly interest?: Interest;
  readonly rebate?: FixedOrPercent;
  readonly discount?: DatedDiscount | EarlyDiscount;
}

/** What is paid on a day, in centavos: final = original − rebate − discount + interest + fine. */
export interface ChargeAmount {
  readonly original: bigint;
  readonly rebate: bigint;
  readonly discount: bigint;
  readonly interest: bigint;
  readonly fine: bigint;
  readonly final: bigint;
}

const PERCENT = 10_000n;
const DAYS_OF_MONTH = 30n;
const DAYS_OF_YEAR = 365n;
const BUSINESS_DAYS_OF_MONTH = 21n;
const BUSINESS_DAYS_OF_YEAR = 252n;

/**
 * The amount of a charge with due date when it is paid on a day (pix-api 2.9.0, `CobV`). Percentages
 * are of the original less the rebate, interest is simple, every component is rounded half to even.
 * A charge due on a day without banks is on time on the next business day; once late, the days count
 * from the due date itself. Months have 30 days and years 365, or 21 and 252 business days.
 */
export function chargeAmountOn(terms: ChargeTerms, day: LocalDate): ChargeAmount {
  const { original, dueOn } = terms;
  const rebate = terms.rebate === undefined ? 0n : fixedOrPercent(terms.rebate, original);
  const base = original - rebate;
  const isLate = day > businessDayFrom(dueOn);
  const fine = isLate && terms.fine !== undefined ? fixedOrPercent(terms.fine, base) : 0n;
  const interest = isLate ? interestOf(terms.interest, { base, dueOn, day }) : 0n;
  const asked =
    day <= businessDayFrom(dueOn) ? discountOf(terms.discount, { base, dueOn, day }) : 0n;
  // At least one centavo is paid, however early.
  const discount = asked < base ? asked : base - 1n;
  return { original, rebate, discount, interest, fine, final: base - discount + interest + fine };
}

/** The last day on which the charge may be paid. */
export function lastDayOf({ dueOn, validAfterDueDays }: ChargeTerms): LocalDate {
  return lastPayableDay(dueOn, validAfterDueDays);
}

export type ChargeFault =
  | "rebate-too-large"
  | "discount-too-large"
  | "discount-after-due"
  | "discount-dates"
  | "percent-too-large";

/** What pix-api refuses of a charge's terms, or null. */
export function chargeFault(terms: ChargeTerms): ChargeFault | null {
  const { original, rebate, discount, fine, interest, dueOn } = terms;
  if (rebate !== undefined && isWhole(rebate, original)) return "rebate-too-large";
  if (fine?.modality === 2 && fine.value > PERCENT) return "percent-too-large";
  if (interest !== undefined && interest.modality % 4 !== 1 && interest.value > PERCENT) {
    return "percent-too-large";
  }
  if (discount === undefined) return null;
  if (!("until" in discount)) {
    const isPercent = discount.modality >= 5;
    const most = isPercent ? PERCENT : original;
    return discount.value >= most ? "discount-too-large" : null;
  }
  const { until, modality } = discount;
  if (until.length < 1 || until.length > 3) return "discount-dates";
  if (new Set(until.map(({ date }) => date)).size < until.length) return "discount-dates";
  if (until.some(({ date }) => date > dueOn)) return "discount-after-due";
  const left = original - (rebate === undefined ? 0n : fixedOrPercent(rebate, original));
  const isTooLarge = until.some(({ value }) => isWhole({ modality, value }, left));
  return isTooLarge ? "discount-too-large" : null;
}

function isWhole({ modality, value }: FixedOrPercent, of: bigint): boolean {
  return modality === 1 ? value >= of : value >= PERCENT;
}

function fixedOrPercent({ modality, value }: FixedOrPercent, of: bigint): bigint {
  return modality === 1 ? value : divideHalfEven(of * value, PERCENT);
}

interface On {
  readonly base: bigint;
  readonly dueOn: LocalDate;
  readonly day: LocalDate;
}

function interestOf(interest: Interest | undefined, { base, dueOn, day }: On): bigint {
  if (interest === undefined) return 0n;
  const { modality, value } = interest;
  const isBusiness = modality >= 5;
  const days = BigInt(isBusiness ? businessDaysBetween(dueOn, day) : daysBetween(dueOn, day));
  const month = isBusiness ? BUSINESS_DAYS_OF_MONTH : DAYS_OF_MONTH;
  const year = isBusiness ? BUSINESS_DAYS_OF_YEAR : DAYS_OF_YEAR;
  switch (modality % 4) {
    case 1:
      return value * days;
    case 2:
      return divideHalfEven(base * value * days, PERCENT);
    case 3:
      return divideHalfEven(base * value * days, PERCENT * month);
    default:
      return divideHalfEven(base * value * days, PERCENT * year);
  }
}

function discountOf(discount: ChargeTerms["discount"], { base, dueOn, day }: On): bigint {
  if (discount === undefined) return 0n;
  if ("until" in discount) {
    const open = discount.until
      .filter(({ date }) => day <= businessDayFrom(date))
      .toSorted((one, other) => (one.date < other.date ? -1 : 1))[0];
    if (open === undefined) return 0n;
    return fixedOrPercent({ modality: discount.modality, value: open.value }, base);
  }
  const { modality, value } = discount;
  const isBusiness = modality === 4 || modality === 6;
  const early = isBusiness ? businessDaysBetween(day, dueOn) : daysBetween(day, dueOn);
  const days = BigInt(Math.max(0, early));
  return modality <= 4 ? value * days : divideHalfEven(base * value * days, PERCENT);
}
