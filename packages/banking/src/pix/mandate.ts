import { addDays, type LocalDate } from "../calendar/local-date.ts";
import { cycleOf, type PixEvery } from "./schedule.ts";

/** What a payer allowed a receiver to take. Centavos; exactly one of the two amounts is set. */
export interface MandateTerms {
  readonly fixedCentavos: number | null;
  readonly ceilingCentavos: number | null;
  readonly every: PixEvery;
  readonly startsOn: LocalDate;
  /** The last day on which it may take anything; null is for ever. */
  readonly endsOn: LocalDate | null;
}

export interface MandateCharge {
  readonly amountCentavos: number;
  readonly dueOn: LocalDate;
}

export interface ChargeFacts {
  readonly today: LocalDate;
  /** A charge comes at least and at most so many days before its date. */
  readonly aheadDaysMin: number;
  readonly aheadDaysMax: number;
  /** Dates of the charges that stand or were paid. */
  readonly standing: readonly LocalDate[];
}

export type MandateFault = "mandate-amount" | "mandate-period" | "mandate-cycle" | "mandate-ahead";

/** Why a charge is not within the mandate, or null when it is. */
export function mandateFault(
  terms: MandateTerms,
  { amountCentavos, dueOn }: MandateCharge,
  { today, aheadDaysMin, aheadDaysMax, standing }: ChargeFacts,
): MandateFault | null {
  const isWithin =
    terms.fixedCentavos === null
      ? amountCentavos <= (terms.ceilingCentavos ?? 0)
      : amountCentavos === terms.fixedCentavos;
  if (!isWithin) return "mandate-amount";
  if (dueOn < terms.startsOn || (terms.endsOn !== null && dueOn > terms.endsOn)) {
    return "mandate-period";
  }
  if (dueOn < addDays(today, aheadDaysMin) || dueOn > addDays(today, aheadDaysMax)) {
    return "mandate-ahead";
  }
  const cycle = (date: LocalDate) => cycleOf(terms.startsOn, terms.every, date);
  return standing.some((date) => cycle(date) === cycle(dueOn)) ? "mandate-cycle" : null;
}
