import { inflateRawSync } from "node:zlib";
import type { Manifest } from "@pacto/contract";
import { verifyReceipt } from "@pacto/contract/signing";
import { RECEIPT_MARK } from "../pix/pack-receipt.ts";

/** A receipt unpacked is never larger than this. */
const RECEIPT_BYTES_MAX = 256 * 1_024;

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
  const { proves, checks, receipt } = verifyReceipt(JSON.parse(unpack(text.trim())), manifest);
  const branches = receipt?.descriptor.branches ?? [];
  return {
    proves,
    checks: checks.length,
    transaction: receipt?.descriptor.id ?? null,
    endToEndId: branches[0]?.work.pix?.endToEndId ?? null,
    sides: branches.flatMap(({ bank, work }) =>
      work.legs.map(({ account, direction, amountCentavos }) => ({
        ...{ bank, account, direction, amountCentavos },
      })),
    ),
  };
}

function unpack(text: string): string {
  if (!text.startsWith(RECEIPT_MARK)) return text;
  const packed = Buffer.from(text.slice(RECEIPT_MARK.length), "base64url");
  return inflateRawSync(packed, { maxOutputLength: RECEIPT_BYTES_MAX }).toString("utf8");
}
