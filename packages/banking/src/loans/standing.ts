import { daysBetween, type LocalDate } from "../calendar/local-date.ts";
import { PPM } from "../interest/interest.ts";
import { divideHalfEven } from "../money/divide-half-even.ts";

/** One planned payment. */
export interface PlannedInstallment {
  readonly number: number;
  readonly dueOn: LocalDate;
  readonly interestCentavos: bigint;
  readonly amortizationCentavos: bigint;
  /** Owed after it, as planned. */
  readonly balanceCentavos: bigint;
}

export type InstallmentState = "paid" | "overdue" | "due" | "open";

/**
 * What is overdue on a day, in centavos: how far the debt is above what the plan leaves after the
 * last installment that fell due before that day. The day of the due date itself is not late.
 */
export function overdueOn(
  plan: readonly PlannedInstallment[],
  debtCentavos: bigint,
  on: LocalDate,
): bigint {
  const last = plan.findLast(({ dueOn }) => dueOn < on);
  if (last === undefined) return 0n;
  return debtCentavos > last.balanceCentavos ? debtCentavos - last.balanceCentavos : 0n;
}

/** How an installment stands on a day: paid when the debt is down to what the plan leaves after it. */
export function installmentState(
  { dueOn, balanceCentavos }: PlannedInstallment,
  debtCentavos: bigint,
  on: LocalDate,
): InstallmentState {
  if (debtCentavos <= balanceCentavos) return "paid";
  if (dueOn < on) return "overdue";
  return dueOn === on ? "due" : "open";
}

/**
 * The interest that an installment brings on its due date: on the debt, but never on more than the
 * plan had left before it. What was paid early lowers it; what is late bears late interest instead.
 */
export function installmentInterest(
  { interestCentavos, amortizationCentavos, balanceCentavos }: PlannedInstallment,
  monthlyRatePpm: bigint,
  debtCentavos: bigint,
): bigint {
  const planned = balanceCentavos + amortizationCentavos;
  if (debtCentavos >= planned) return interestCentavos;
  return divideHalfEven(debtCentavos * monthlyRatePpm, PPM);
}

/**
 * Interest on a debt for the days since its last charge, a month counted as 30 days and never more
 * than one month: what an early payoff owes beside the debt.
 */
export function accruedInterest(
  debtCentavos: bigint,
  monthlyRatePpm: bigint,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): bigint {
  const days = BigInt(Math.min(Math.max(daysBetween(from, to), 0), 30));
  return divideHalfEven(debtCentavos * monthlyRatePpm * days, PPM * 30n);
}
