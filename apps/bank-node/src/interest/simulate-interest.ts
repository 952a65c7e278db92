import { compoundInterest, simpleInterest, yearFraction } from "@pacto/banking";
import type { SimulateInterestInput } from "@pacto/contract";
import { RefusalError } from "../trpc.ts";
import { readPeriod } from "./period.ts";

/**
 * What an amount would bear at a rate over a time. Throws RefusalError `rate-not-positive`,
 * `period-backwards`, or `amount-too-large` when it grows beyond what an amount can be.
 */
export function simulateInterest(input: SimulateInterestInput) {
  if (input.yearlyRatePpm <= 0) throw new RefusalError({ code: "rate-not-positive", details: {} });
  const { from, to } = readPeriod(input);
  const time = yearFraction(from, to, input.dayCount);
  const terms = {
    principalCentavos: BigInt(input.amountCentavos),
    yearlyRatePpm: BigInt(input.yearlyRatePpm),
    time,
  };
  const interest = input.compounding === "simple" ? simpleInterest(terms) : compoundInterest(terms);
  const total = terms.principalCentavos + interest;
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RefusalError({ code: "amount-too-large", details: {} });
  }
  return {
    amountCentavos: input.amountCentavos,
    interestCentavos: Number(interest),
    totalCentavos: Number(total),
    yearFraction: `${time.numerator}/${time.denominator}`,
  };
}
