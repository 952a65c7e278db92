import { RECEIPT_MARK } from "@pacto/contract";

/** A receipt as short as a QR code needs it. */
export async function packReceipt(receipt: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(receipt));
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  const text = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  return RECEIPT_MARK + text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
