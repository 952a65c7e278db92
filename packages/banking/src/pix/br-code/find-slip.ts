import { CRC_BEGIN, crc16, crcAfter, crcBefore } from "../crc16.ts";
import { type Mended, proposals } from "./find-length.ts";
import { type BrCodeReading, parseBrCode } from "./parse-br-code.ts";

/** Id and length of the check sum, which it counts itself. */
const CRC_HEAD = "6304";
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at));

/**
 * The sound code that differs from this one by a single character changed, left out, put in or
 * swapped with the next, or else by a length, and has the check sum that this one states: then the check sum is the
 * author's, and the slip came after it. Null when there is none, or more than one.
 *
 * One in six wrong codes has such a neighbour by chance. So where nothing but the check sum is wrong,
 * a neighbour counts only if it consists of other objects, or if it pays the same amount to the same
 * key: neither is altered for the check sum's sake alone.
 */
export function findSlip(text: string): Mended | null {
  const stated = /[0-9a-f]{4}$/i.exec(text)?.[0].toUpperCase();
  if (stated === undefined) return null;
  if (text.slice(-8, -4) !== CRC_HEAD) return slipInHead(text, stated);
  const reading = parseBrCode(text);
  const isWhole = reading.violations.every(({ rule }) => rule === "crc");
  if (differences(stated, crc16(text.slice(0, -4))) <= (isWhole ? 1 : 0)) return null;
  const found = new Map<string, Mended>();
  const isLikely = (other: BrCodeReading) =>
    !isWhole || pathsOf(other) !== pathsOf(reading) || paymentOf(other) === paymentOf(reading);
  for (const { body, at } of neighbours(text.slice(0, -8), Number.parseInt(stated, 16))) {
    const code = `${body}${CRC_HEAD}${stated}`;
    const other = parseBrCode(code);
    if (other.violations.length > 0 || !isLikely(other)) continue;
    found.set(code, { text: code, repairs: [repairAt(at, text, other, code)] });
    if (found.size > 1) return null;
  }
  if (found.size === 0) {
    for (const mended of proposals(text)) {
      if (crc16(mended.text.slice(0, -4)) !== stated) continue;
      const other = parseBrCode(mended.text);
      if (other.violations.length === 0 && isLikely(other)) found.set(mended.text, mended);
    }
    if (found.size > 1) return null;
  }
  return [...found.values()][0] ?? null;
}

/** The id and the length of the check sum are what is wrong, where it holds with the right ones. */
function slipInHead(text: string, stated: string): Mended | null {
  for (const length of [3, 4, 5]) {
    const body = text.slice(0, -4 - length);
    if (crc16(`${body}${CRC_HEAD}`) !== stated) continue;
    const after = `${CRC_HEAD}${stated}`;
    const repairs = [{ path: "63", before: text.slice(body.length), after }];
    return { text: `${body}${after}`, repairs };
  }
  return null;
}

/** In how many of their characters two check sums differ. */
function differences(one: string, other: string): number {
  return Array.from(one).filter((character, at) => character !== other[at]).length;
}

function pathsOf({ fields }: BrCodeReading): string {
  return fields.map(({ path }) => path).join();
}

/** Amount and payee, as they are written. */
function paymentOf({ fields }: BrCodeReading): string {
  return fields
    .filter(({ path }) => path === "54" || /^(2[6-9]|[34][0-9]|5[01]|[89][0-9])\./.test(path))
    .map(({ path, value }) => `${path}${value}`)
    .join("\n");
}

interface Neighbour {
  readonly body: string;
  /** Where it differs, in UTF-16 units. */
  readonly at: number;
}

/**
 * Each text at one slip's distance whose check sum is `stated`. A check sum can be counted from
 * either end, so each place is asked once which character would make both ends meet.
 */
function* neighbours(body: string, stated: number): Generator<Neighbour> {
  const characters = Array.from(body);
  const before = [CRC_BEGIN];
  for (const one of characters) before.push(crcAfter(before.at(-1) ?? 0, one));
  const needed: number[] = [];
  let crc = Array.from(CRC_HEAD).reduceRight((after, one) => crcBefore(after, one), stated);
  for (let at = characters.length; at >= 0; at -= 1) {
    needed[at] = crc;
    crc = crcBefore(crc, characters[at - 1] ?? "");
  }
  let start = 0;
  for (let at = 0; at <= characters.length; at += 1) {
    const [here, next] = [characters[at] ?? "", characters[at + 1] ?? ""];
    const [head, tail] = [body.slice(0, start), body.slice(start + here.length)];
    const came = before[at] ?? 0;
    if (came === needed[at + 1]) yield { body: head + tail, at: start };
    if (next !== "" && crcAfter(crcAfter(came, next), here) === needed[at + 2]) {
      yield { body: head + next + here + tail.slice(next.length), at: start };
    }
    for (const one of PRINTABLE) {
      const after = crcAfter(came, one);
      if (after === needed[at + 1]) yield { body: head + one + tail, at: start };
      if (after === needed[at]) yield { body: head + one + here + tail, at: start };
    }
    start += here.length;
  }
}

/** The object in which the slip was, as it stood and as it should. */
function repairAt(at: number, text: string, { fields }: BrCodeReading, code: string) {
  const field = fields.findLast(({ start, end }) => start <= at && at < end);
  const { path, start, end } = field ?? { path: "", start: 0, end: code.length };
  return {
    path,
    before: text.slice(start, end + text.length - code.length),
    after: code.slice(start, end),
  };
}
