import { CENTAVOS_MAX } from "@pacto/contract";
import { RefusalError } from "../trpc.ts";

/**
 * A sum as the wire tells it. Each account fits, many together need not: a report that cannot be
 * told is refused, because a figure that is cut off would balance nothing.
 * Throws RefusalError `amount-too-large`.
 */
export function sayable(centavos: bigint): number {
  const told = Number(centavos);
  if (Math.abs(told) <= CENTAVOS_MAX) return told;
  throw new RefusalError({
    code: "amount-too-large",
    details: { maximumCentavos: CENTAVOS_MAX },
  });
}
