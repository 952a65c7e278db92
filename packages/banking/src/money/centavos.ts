/**
 * Largest amount or balance, in centavos: 2^53 − 1 (R$ 90,071,992,547,409.91). Every amount and
 * balance stays within ±MAX_CENTAVOS so that it survives JSON as an integer.
 */
export const MAX_CENTAVOS = 9_007_199_254_740_991n;

export function isAmount(centavos: bigint): boolean {
  return centavos > 0n && centavos <= MAX_CENTAVOS;
}
