import { crc32 } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export interface Frame {
  /** PNG of the same size and kind as all others. */
  readonly png: Buffer;
  readonly ms: number;
}

/** One animated PNG, for ever from the beginning; a browser draws it wherever it draws a PNG. */
export function writeApng(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error("An animation has a frame.");
  const header = chunksOf(first.png).find(({ type }) => type === "IHDR")?.data;
  if (header === undefined) throw new Error("The first frame is no PNG.");
  const parts: Buffer[] = [
    SIGNATURE,
    chunk("IHDR", header),
    chunk("acTL", uint32(frames.length, 0)),
  ];
  let sequence = 0;
  for (const [at, { png, ms }] of frames.entries()) {
    const control = Buffer.alloc(26);
    control.writeUInt32BE(sequence, 0);
    header.copy(control, 4, 0, 8);
    control.writeUInt16BE(Math.round(ms), 20);
    control.writeUInt16BE(1_000, 22);
    parts.push(chunk("fcTL", control));
    sequence += 1;
    for (const { type, data } of chunksOf(png)) {
      if (type === "IHDR" && !data.equals(header)) throw new Error("The frames differ in size.");
      if (type !== "IDAT") continue;
      if (at === 0) parts.push(chunk("IDAT", data));
      else {
        parts.push(chunk("fdAT", Buffer.concat([uint32(sequence), data])));
        sequence += 1;
      }
    }
  }
  return Buffer.concat([...parts, chunk("IEND", Buffer.alloc(0))]);
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const found: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const size = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    found.push({ type, data: png.subarray(at + 8, at + 8 + size) });
    at += size + 12;
  }
  return found;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

function uint32(...numbers: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) buffer.writeUInt32BE(number, 4 * at);
  return buffer;
}
