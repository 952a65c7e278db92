import { growthFactor, SCALE } from "../interest/growth-factor.ts";
import { PPM } from "../interest/interest.ts";
import { divideHalfEven } from "../money/divide-half-even.ts";

/**
 * The monthly rate that grows to a yearly one in twelve months, (1 + year)^(1/12) − 1, in parts per
 * million, half to even: 12 % a year are 0.9489 % a month. Yearly 0 to 100_000_000.
 */
export function monthlyRateOf(yearlyRatePpm: bigint): bigint {
  const exponent = { numerator: 1n, denominator: 12n };
  const factor = growthFactor({ base: PPM + yearlyRatePpm, unit: PPM, exponent });
  return divideHalfEven((factor - SCALE) * PPM, SCALE);
}
