import type { CloseDrawerInput } from "@pacto/contract";

type Count = CloseDrawerInput["count"];
export type Denomination = Count[number]["valueCentavos"];

/** Notes and coins of the real in centavos, as they lie in a drawer. */
export const notes = [
  20_000, 10_000, 5_000, 2_000, 1_000, 500, 200,
] as const satisfies readonly Denomination[];
export const coins = [100, 50, 25, 10, 5, 1] as const satisfies readonly Denomination[];

/** Pieces of each denomination as they are typed; what is missing was not counted yet. */
export type TypedCount = Readonly<Partial<Record<string, string>>>;

const PIECES_MAX = 1_000_000;

/** The pieces that a text means: nothing typed is none; null when it is no whole number. */
export function readPieces(text: string | undefined): number | null {
  const digits = (text ?? "").trim();
  if (digits === "") return 0;
  if (!/^[0-9]{1,7}$/.test(digits)) return null;
  const pieces = Number(digits);
  return pieces <= PIECES_MAX ? pieces : null;
}

/** The count as it is sent, or null while a field means nothing. */
export function toCount(typed: TypedCount): Count | null {
  const count: Count = [];
  for (const valueCentavos of [...notes, ...coins]) {
    const pieces = readPieces(typed[valueCentavos]);
    if (pieces === null) return null;
    if (pieces > 0) count.push({ valueCentavos, pieces });
  }
  return count;
}

/** What was counted so far, in centavos; fields that mean nothing count as none. */
export function sumOf(typed: TypedCount): number {
  return [...notes, ...coins].reduce<number>(
    (sum, value) => sum + value * (readPieces(typed[value]) ?? 0),
    0,
  );
}
