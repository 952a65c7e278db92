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
  readonly start: number;
  readonly end: number;
}

export interface Tlv {
  readonly fields: readonly TlvField[];
  /** Why reading stopped before the end; what follows cannot be told apart. */
  readonly broken: BrokenTlv | null;
}

/** Reads the objects of `text` from `start` to `end`; `template` is the id they are inside of. */
export function readTlv(text: string, start: number, end: number, template = ""): Tlv {
  const fields: TlvField[] = [];
  let at = start;
  while (at < end) {
    const id = text.slice(at, Math.min(at + 2, end));
    if (!/^[0-9]{2}$/.test(id)) return { fields, broken: { rule: "tlv-id", start: at, end } };
    const digits = text.slice(at + 2, Math.min(at + 4, end));
    const length = Number(digits);
    if (!/^[0-9]{2}$/.test(digits) || length === 0) {
      const lengthEnd = Math.min(at + 4, end);
      return { fields, broken: { rule: "tlv-length", start: at + 2, end: lengthEnd } };
    }
    const valueStart = at + 4;
    if (valueStart + length > end) {
      return { fields, broken: { rule: "tlv-overrun", start: at, end } };
    }
    fields.push({
      path: template === "" ? id : `${template}.${id}`,
      value: text.slice(valueStart, valueStart + length),
      start: at,
      valueStart,
      end: valueStart + length,
    });
    at = valueStart + length;
  }
  return { fields, broken: null };
}

/** Whether the root object of this id holds objects itself. */
export function isTemplate(id: string): boolean {
  return (id >= "26" && id <= "51") || id === "62" || (id >= "80" && id <= "99");
}

/** One object as text. Throws a RangeError unless the value has 1 to 99 characters. */
export function writeTlv(id: string, value: string): string {
  if (value.length === 0 || value.length > 99) {
    throw new RangeError(`object ${id} of ${value.length} characters`);
  }
  return `${id}${String(value.length).padStart(2, "0")}${value}`;
}
