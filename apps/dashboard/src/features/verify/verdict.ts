import type { Manifest } from "@pacto/contract";
import { unpackReceipt, verifyReceipt } from "@pacto/contract/signing";

export interface Verdict {
  readonly proves: "commit" | "abort" | "undecided" | "nothing";
  /** How many things were checked. */
  readonly checks: number;
  readonly transaction: string | null;
  readonly endToEndId: string | null;
  readonly sides: readonly {
    readonly bank: string;
    readonly account: string;
    readonly direction: "debit" | "credit";
    readonly amountCentavos: number;
  }[];
}

/**
 * What a receipt proves, by the manifest's public keys alone; as JSON, or as its QR code has it.
 * Throws when the text is neither.
 */
export function verdictOf(text: string, manifest: Manifest): Verdict {
  const { proves, checks, receipt } = verifyReceipt(JSON.parse(unpackReceipt(text)), manifest);
  const branches = receipt?.descriptor.branches ?? [];
  return {
    proves,
    checks: checks.length,
    transaction: receipt?.descriptor.id ?? null,
    endToEndId: branches[0]?.work.pix?.endToEndId ?? null,
    sides: branches.flatMap(({ bank, work }) =>
      work.legs.map(({ account, direction, amountCentavos }) => ({
        bank,
        account,
        direction,
        amountCentavos,
      })),
    ),
  };
}
