import { divideHalfEven } from "../money/divide-half-even.ts";

/** Growth factors are integers in units of 10^-30. */
export const SCALE = 10n ** 30n;

/** Guard digits keep the error of a thousand years at 10,000 % below one unit of SCALE. */
const GUARD = 10n ** 30n;
const ONE = SCALE * GUARD;

/**
 * (base / unit) ^ exponent in units of 1/SCALE, for base ≥ unit. Whole years are multiplied, the
 * rest goes through exp and ln, whose series need nothing but integers: the same centavo on every
 * machine.
 */
export function growthFactor({
  base,
  unit,
  exponent,
}: {
  readonly base: bigint;
  readonly unit: bigint;
  readonly exponent: { readonly numerator: bigint; readonly denominator: bigint };
}): bigint {
  const years = exponent.numerator / exponent.denominator;
  const rest = exponent.numerator % exponent.denominator;
  const partial = exp((ln(base, unit) * rest) / exponent.denominator);
  // Rounded before the whole years multiply it, so that (1.21)^(1/2) is 1.1 and not a hair less.
  const rounded = divideHalfEven(partial, GUARD);
  return divideHalfEven(rounded * base ** years, unit ** years);
}

/** ln(base / unit) = 2 artanh((base − unit) / (base + unit)) in units of 1/ONE. */
function ln(base: bigint, unit: bigint): bigint {
  const ratio = ((base - unit) * ONE) / (base + unit);
  const square = (ratio * ratio) / ONE;
  let power = ratio;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = (power * square) / ONE;
  }
  return 2n * sum;
}

/** e^(exponent / ONE) in units of 1/ONE: halved until the series is short, then squared back. */
function exp(exponent: bigint): bigint {
  const halvings = 8n;
  const small = exponent >> halvings;
  let term = ONE;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n += 1n) {
    sum += term;
    term = (term * small) / (ONE * n);
  }
  for (let left = halvings; left > 0n; left -= 1n) sum = (sum * sum) / ONE;
  return sum;
}
