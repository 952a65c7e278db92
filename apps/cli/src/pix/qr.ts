import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { WrongUsage } from "../exit.ts";
import type { Session } from "../session.ts";

export interface QrOptions {
  readonly qr?: boolean;
  readonly svg?: string;
}

/** Modules of quiet zone around the code. */
const BORDER = 4;
/** Pictures beyond this are not looked at. */
const IMAGE_BYTES_MAX = 32 * 1_024 * 1_024;

/** Draws a text as a QR code: on the terminal with `--qr`, into a file with `--svg`. */
export async function drawQr(
  session: Session,
  text: string,
  { qr, svg }: QrOptions,
): Promise<string[]> {
  if (qr !== true && svg === undefined) return [];
  const { default: encodeQr } = await import("qr");
  const says = session.language.texts.pix.qr;
  const lines: string[] = [];
  if (qr === true) lines.push(...encodeQr(text, "ascii", { border: 2, ecc: "low" }).split("\n"));
  if (svg !== undefined) {
    const path = resolve(svg);
    const drawing = encodeQr(text, "svg", { border: BORDER, ecc: "medium" });
    await writeFile(path, drawing).catch((cause: unknown) => {
      throw new WrongUsage(session.language.texts.receipts.notWritten(path), { cause });
    });
    lines.push(says.written(path));
  }
  return lines;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * The text of the QR code in a PNG or JPEG file.
 * @throws WrongUsage when the file cannot be read, is no such picture, or shows no code
 */
export async function readQrFile(session: Session, file: string): Promise<string> {
  const path = resolve(file);
  const { pix, receipts } = session.language.texts;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new WrongUsage(receipts.noFile(path), { cause });
  });
  if (bytes.length > IMAGE_BYTES_MAX) throw new WrongUsage(pix.qr.noImage(path));
  const { default: decodeQr } = await import("qr/decode.js");
  let image: Pixels | null;
  try {
    image = await pixelsOf(bytes);
  } catch (cause) {
    throw new WrongUsage(pix.qr.noImage(path), { cause });
  }
  if (image === null) throw new WrongUsage(pix.qr.noImage(path));
  try {
    return decodeQr(image);
  } catch (cause) {
    throw new WrongUsage(pix.qr.noCode(path), { cause });
  }
}

/** Whether a file's first bytes are those of a picture that can be read. */
export function isPicture(bytes: Uint8Array): boolean {
  return isPng(bytes) || isJpeg(bytes);
}

function isPng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x50;
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}

async function pixelsOf(bytes: Buffer): Promise<Pixels | null> {
  if (isPng(bytes)) {
    const { PNG } = await import("pngjs");
    return onPaper(PNG.sync.read(bytes));
  }
  if (isJpeg(bytes)) {
    const { default: jpeg } = await import("jpeg-js");
    return jpeg.decode(bytes, { useTArray: true, maxMemoryUsageInMB: 512 });
  }
  return null;
}

/** What is transparent is paper. */
function onPaper({ width, height, data }: Pixels): Pixels {
  const opaque = Uint8Array.from(data);
  for (let at = 0; at < opaque.length; at += 4) {
    const alpha = (opaque[at + 3] ?? 255) / 255;
    for (let channel = at; channel < at + 3; channel += 1) {
      opaque[channel] = Math.round((opaque[channel] ?? 0) * alpha + 255 * (1 - alpha));
    }
    opaque[at + 3] = 255;
  }
  return { width, height, data: opaque };
}
