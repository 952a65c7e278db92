import type { TransferView } from "@pacto/contract";

const SHOWN = 40;

export interface ActivityPoint {
  readonly id: string;
  readonly label: string;
  /** From begin to decision, in milliseconds by the coordinator's clock; null while undecided. */
  readonly decidedMs: number | null;
  /** For drawing only: sums are made in centavos. Zero for what was aborted. */
  readonly reais: number;
  readonly isAborted: boolean;
}

/** The latest transfers, oldest first, as a chart draws them. */
export function activityOf(transfers: readonly TransferView[]): ActivityPoint[] {
  return transfers
    .slice(0, SHOWN)
    .toReversed()
    .map(({ id, purpose, state, createdAt, decidedAt, totalCentavos }) => ({
      id,
      label: purpose === "" ? id.slice(0, 8) : purpose,
      decidedMs:
        decidedAt === null ? null : Math.max(0, Date.parse(decidedAt) - Date.parse(createdAt)),
      reais: state === "committed" ? totalCentavos / 100 : 0,
      isAborted: state === "aborted",
    }));
}
