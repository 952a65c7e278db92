import type { BrCodeReading } from "./parse-br-code.ts";
import { parseBrCode } from "./parse-br-code.ts";
import { isTemplate, readTlv } from "./tlv.ts";

/** One object that was altered; null stands for an object that is not there. */
export interface Repair {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A code set right, and what was altered for it. */
export interface Mended {
  readonly text: string;
  readonly repairs: readonly Repair[];
}

const LENGTH_MAX = 99;

/**
 * A code whose objects cannot be told apart, with the one length set right that makes it readable:
 * an object's own, or an object's and its template's together. Null when no length or more than
 * one does equally well.
 */
export function findLength(text: string): Mended | null {
  let best: { readonly found: Mended; readonly faults: number } | null = null;
  let isAmbiguous = false;
  for (const found of proposals(text)) {
    const faults = faultsOf(parseBrCode(found.text));
    if (faults === null || (best !== null && faults > best.faults)) continue;
    isAmbiguous = best !== null && faults === best.faults && best.found.text !== found.text;
    best = { found, faults };
  }
  return best === null || isAmbiguous ? null : best.found;
}

/** How much would still be wrong; null when it cannot be read, or has no check sum at its end. */
function faultsOf({ violations, fields }: BrCodeReading): number | null {
  const isUnread = violations.some(({ rule }) => rule.startsWith("tlv-") || rule === "too-long");
  if (isUnread || !fields.some(({ path }) => path === "63")) return null;
  return violations.reduce(
    (sum, { rule, severity }) => sum + (rule === "crc" || severity === "warning" ? 1 : 10),
    0,
  );
}

interface Place {
  readonly path: string;
  /** Where the object's id begins. */
  readonly at: number;
  readonly template: Place | null;
}

/** The text with another length at each of its places, an object's own or its template's with it. */
export function* proposals(text: string): Generator<Mended> {
  for (const place of places(text)) {
    for (let length = 1; length <= LENGTH_MAX; length += 1) {
      const own = withLength(text, place, length);
      if (own === null) continue;
      yield own;
      if (place.template === null) continue;
      const by = length - Number(text.slice(place.at + 2, place.at + 4));
      const outer = Number(text.slice(place.template.at + 2, place.template.at + 4)) + by;
      const both = withLength(own.text, place.template, outer);
      if (both !== null) yield { text: both.text, repairs: [...both.repairs, ...own.repairs] };
    }
  }
}

/** The objects that can be found, and the first one that cannot, at the root and in templates. */
function places(text: string): Place[] {
  const root = readTlv(text, { start: 0, end: text.length });
  const found: Place[] = [];
  const outer = [
    ...root.fields.map(({ path, start, valueStart, end }) => ({ path, start, valueStart, end })),
    ...(root.broken === null ? [] : [brokenAt(text, root.broken.object)]),
  ];
  for (const { path, start, valueStart, end } of outer) {
    const place = { path, at: start, template: null };
    found.push(place);
    if (!isTemplate(path)) continue;
    const inner = readTlv(text, { start: valueStart, end, template: path });
    for (const child of inner.fields) {
      found.push({ path: child.path, at: child.start, template: place });
    }
    if (inner.broken === null) continue;
    const at = inner.broken.object;
    found.push({ path: `${path}.${text.slice(at, at + 2)}`, at, template: place });
  }
  return found;
}

function brokenAt(text: string, start: number) {
  return { path: text.slice(start, start + 2), start, valueStart: start + 4, end: text.length };
}

/** The text with another length at a place; null when nothing would change or it cannot be. */
function withLength(text: string, { path, at }: Place, length: number): Mended | null {
  const before = text.slice(at + 2, at + 4);
  const after = String(length).padStart(2, "0");
  const isPossible = length >= 1 && length <= LENGTH_MAX && /^[0-9]{2}$/.test(path.slice(-2));
  if (!isPossible || before === after || before.length < 2) return null;
  const id = path.slice(-2);
  return {
    text: text.slice(0, at + 2) + after + text.slice(at + 4),
    repairs: [{ path, before: `${id}${before}`, after: `${id}${after}` }],
  };
}
