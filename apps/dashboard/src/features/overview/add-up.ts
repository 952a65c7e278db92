import type { SummaryOutput } from "@pacto/contract";

/** One bank's figures as they reached this page, and whether the bank can be asked now. */
export interface BankFigures {
  readonly bank: string;
  readonly isReachable: boolean;
  readonly summary: SummaryOutput | null;
  /** When the summary arrived, in epoch milliseconds of this browser. */
  readonly readAt: number | null;
}

/** A bank that a total leaves out, and what was last known of it. */
export interface LeftOut {
  readonly bank: string;
  readonly lastCentavos: bigint | null;
  readonly readAt: number | null;
}

/** A sum over the banks that answer now. With somebody left out it is only an "at least". */
export interface Total {
  readonly centavos: bigint;
  readonly isComplete: boolean;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Adds one figure over the banks. A bank that cannot be asked is left out and named with its last
 * figure: old data is never silently summed with new.
 */
export function addUp(
  figures: readonly BankFigures[],
  pick: (summary: SummaryOutput) => number,
): Total {
  let centavos = 0n;
  const leftOut: LeftOut[] = [];
  for (const { bank, isReachable, summary, readAt } of figures) {
    if (isReachable && summary !== null) centavos += BigInt(pick(summary));
    else leftOut.push({ bank, lastCentavos: summary && BigInt(pick(summary)), readAt });
  }
  return { centavos, isComplete: leftOut.length === 0, leftOut };
}

/**
 * What the banks' positions against each other tell: at rest they sum to zero; while transfers are
 * open, or read at different moments, they may not; with a bank away nobody knows.
 */
export type Positions = "balanced" | "moving" | "unknown" | "broken";

/** `steadyMs`: for how long the sum has been off zero with nothing open. */
export function judgePositions(total: Total, open: number, steadyMs: number): Positions {
  if (!total.isComplete) return "unknown";
  if (total.centavos === 0n) return "balanced";
  return open > 0 || steadyMs < POSITIONS_SETTLE_MS ? "moving" : "broken";
}

/** The five summaries are read within two seconds of each other; this waits out two rounds. */
const POSITIONS_SETTLE_MS = 6_000;
