import { divideHalfEven } from "../money/divide-half-even.ts";
import { growthFactor, SCALE } from "./growth-factor.ts";
import type { YearFraction } from "./year-fraction.ts";

/** One whole, in parts per million: a rate of 5 % is 50_000n. */
export const PPM = 1_000_000n;

export interface InterestTerms {
  /** Balance on which interest is due, in centavos; may not be negative. */
  readonly principalCentavos: bigint;
  /** Rate per year in parts per million, 0 to 100_000_000 (10,000 %). */
  readonly yearlyRatePpm: bigint;
  readonly time: YearFraction;
}

const RATE_MAX = 100n * PPM;

/** principal × rate × time in centavos, rounded half to even once. Throws a RangeError off range. */
export function simpleInterest({ principalCentavos, yearlyRatePpm, time }: InterestTerms): bigint {
  demandRange({ principalCentavos, yearlyRatePpm, time });
  return divideHalfEven(principalCentavos * yearlyRatePpm * time.numerator, PPM * time.denominator);
}

/**
 * principal × ((1 + rate)^time − 1) in centavos, rounded half to even once. Exact in whole years;
 * parts of a year are right to 30 decimals of the factor. Throws a RangeError off range.
 */
export function compoundInterest(terms: InterestTerms): bigint {
  demandRange(terms);
  const { principalCentavos, yearlyRatePpm, time } = terms;
  if (time.numerator % time.denominator === 0n) {
    const years = time.numerator / time.denominator;
    const [grown, whole] = [(PPM + yearlyRatePpm) ** years, PPM ** years];
    return divideHalfEven(principalCentavos * (grown - whole), whole);
  }
  const factor = growthFactor({ base: PPM + yearlyRatePpm, unit: PPM, exponent: time });
  return divideHalfEven(principalCentavos * (factor - SCALE), SCALE);
}

function demandRange({ principalCentavos, yearlyRatePpm, time }: InterestTerms): void {
  if (principalCentavos < 0n) throw new RangeError(`interest on ${principalCentavos}`);
  if (yearlyRatePpm < 0n || yearlyRatePpm > RATE_MAX) throw new RangeError(`rate ${yearlyRatePpm}`);
  if (time.numerator < 0n || time.denominator <= 0n || time.numerator > 1000n * time.denominator) {
    throw new RangeError(`time ${time.numerator}/${time.denominator}`);
  }
}
