import { deflateRawSync, inflateRawSync } from "node:zlib";
import { RECEIPT_MARK } from "../operations.ts";

/** A receipt unpacked is never larger than this. */
const RECEIPT_BYTES_MAX = 256 * 1_024;

/** A receipt as short as a QR code needs it. */
export function packReceipt(receipt: object): string {
  return RECEIPT_MARK + deflateRawSync(JSON.stringify(receipt)).toString("base64url");
}

/**
 * A receipt's JSON, from itself or from the short form that its QR code has. Throws when what
 * follows the mark was not packed so, or is larger than any receipt.
 */
export function unpackReceipt(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith(RECEIPT_MARK)) return trimmed;
  const packed = Buffer.from(trimmed.slice(RECEIPT_MARK.length), "base64url");
  return inflateRawSync(packed, { maxOutputLength: RECEIPT_BYTES_MAX }).toString("utf8");
}
