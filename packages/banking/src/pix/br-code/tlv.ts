import type { BrCodeRule } from "./violation.ts";

/** One object of a BR Code: two digits of id, two of length, then the value. */
export interface TlvField {
  /** "59", or "62.05" inside a template. */
  readonly path: string;
  readonly value: string;
  /** Where the id starts in the text, in UTF-16 units as strings are indexed. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

export interface BrokenTlv {
  readonly rule: BrCodeRule & `tlv-${string}`;
  /** Where the object that could not be read begins. */
  readonly object: number;
  readonly start: number;
  readonly end: number;
}

/** What lengths count: characters as EMV says, or UTF-8 bytes as some writers do. */
export type LengthUnit = "characters" | "bytes";

interface Within {
  readonly start: number;
  readonly end: number;
  /** The id of the template that the objects are inside of. */
  readonly template?: string;
  readonly unit?: LengthUnit;
}

export interface Tlv {
  readonly fields: readonly TlvField[];
  /** Why reading stopped before the end; what follows cannot be told apart. */
  readonly broken: BrokenTlv | null;
}

/** Reads the objects of `text` from `start` to `end`. */
export function readTlv(text: string, within: Within): Tlv {
  const { start, end, template, unit = "characters" } = within;
  const fields: TlvField[] = [];
  let at = start;
  const broken = (rule: BrokenTlv["rule"], from: number, to: number): Tlv => ({
    fields,
    broken: { rule, object: at, start: from, end: to },
  });
  while (at < end) {
    const id = text.slice(at, Math.min(at + 2, end));
    if (!/^[0-9]{2}$/.test(id)) return broken("tlv-id", at, end);
    const digits = text.slice(at + 2, Math.min(at + 4, end));
    const length = Number(digits);
    if (!/^[0-9]{2}$/.test(digits) || length === 0) {
      return broken("tlv-length", at + 2, Math.min(at + 4, end));
    }
    const valueStart = at + 4;
    const valueEnd = endOfValue(text, { start: valueStart, end, length, unit });
    if (valueEnd === null) return broken("tlv-overrun", at, end);
    fields.push({
      path: template === undefined ? id : `${template}.${id}`,
      value: text.slice(valueStart, valueEnd),
      start: at,
      valueStart,
      end: valueEnd,
    });
    at = valueEnd;
  }
  return { fields, broken: null };
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly unit: LengthUnit;
}

/** Where a value of that length ends, or null when there is less or a character is cut. */
function endOfValue(text: string, { start, end, length, unit }: Value): number | null {
  let at = start;
  let left = length;
  while (left > 0) {
    const code = text.codePointAt(at);
    if (at >= end || code === undefined) return null;
    at += code > 0xffff ? 2 : 1;
    left -= unit === "characters" ? 1 : utf8Length(code);
  }
  return left === 0 && at <= end ? at : null;
}

/** How many bytes a character has in UTF-8. */
function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Whether the root object of this id holds objects itself. */
export function isTemplate(id: string): boolean {
  return (id >= "26" && id <= "51") || id === "62" || (id >= "80" && id <= "99");
}

/** One object as text. Throws a RangeError unless the value has 1 to 99 characters. */
export function writeTlv(id: string, value: string): string {
  if (!fitsTlv(value)) throw new RangeError(`object ${id} of ${value.length} characters`);
  return `${id}${String(Array.from(value).length).padStart(2, "0")}${value}`;
}

/** Whether a value can be written: 1 to 99 characters. */
export function fitsTlv(value: string): boolean {
  const { length } = Array.from(value);
  return length > 0 && length <= 99;
}
