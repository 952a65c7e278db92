import {
  dueDates,
  loanSchedule,
  monthlyRateOf,
  parseLocalDate,
  saoPauloDate,
  type PlannedInstallment,
} from "@pacto/banking";
import { CENTAVOS_MAX, type SimulateLoanInput } from "@pacto/contract";
import { RefusalError } from "../trpc.ts";

export interface LoanPlan {
  readonly monthlyRatePpm: bigint;
  readonly installments: readonly PlannedInstallment[];
}

/**
 * The installments of a loan with their due dates. Throws RefusalError `rate-not-positive`,
 * `rate-too-high` (more than 100 % a month), `first-due-too-early` or `amount-too-large`.
 */
export function planLoan(input: SimulateLoanInput, now: Date): LoanPlan {
  if (input.ratePpm <= 0) throw new RefusalError({ code: "rate-not-positive", details: {} });
  const given = BigInt(input.ratePpm);
  const monthlyRatePpm = input.ratePer === "year" ? monthlyRateOf(given) : given;
  if (monthlyRatePpm === 0n) throw new RefusalError({ code: "rate-not-positive", details: {} });
  if (monthlyRatePpm > 1_000_000n) throw new RefusalError({ code: "rate-too-high", details: {} });
  const first = parseLocalDate(input.firstDueOn);
  if (first === null || first <= saoPauloDate(now)) {
    throw new RefusalError({ code: "first-due-too-early", details: {} });
  }
  const dates = dueDates(first, input.installments);
  const schedule = loanSchedule({
    system: input.system,
    principalCentavos: BigInt(input.principalCentavos),
    monthlyRatePpm,
    installments: input.installments,
  });
  // What all installments come to must be an amount that can be said, and so can each of them.
  const total = schedule.reduce((sum, { paymentCentavos }) => sum + paymentCentavos, 0n);
  if (total > BigInt(CENTAVOS_MAX)) {
    const details = { maximumCentavos: CENTAVOS_MAX };
    throw new RefusalError({ code: "amount-too-large", details });
  }
  return {
    monthlyRatePpm,
    installments: schedule.map((one, at) => ({
      number: one.number,
      dueOn: dates[at] ?? first,
      interestCentavos: one.interestCentavos,
      amortizationCentavos: one.amortizationCentavos,
      balanceCentavos: one.balanceCentavos,
    })),
  };
}
