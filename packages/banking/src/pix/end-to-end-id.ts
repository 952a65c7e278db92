import { isIspb } from "./ispb.ts";

declare const endToEndId: unique symbol;
declare const returnId: unique symbol;

/** Identifies one PIX payment everywhere and for ever: `E` + ISPB + UTC minute + 11 characters. */
export type EndToEndId = string & { readonly [endToEndId]: true };

/** Identifies one refund (devolução): as an end-to-end id, with `D` in front. */
export type ReturnId = string & { readonly [returnId]: true };

export interface PixIdParts {
  /** The institution that makes the id. */
  readonly ispb: string;
  /** When it is made; the id keeps UTC minutes. */
  readonly instant: Date;
  /** Eleven random letters or digits. */
  readonly suffix: string;
}

export type ParsedPixId<Id> =
  | ({ readonly ok: true; readonly id: Id } & PixIdParts)
  | {
      readonly ok: false;
      readonly code: "pix-id-malformed";
      readonly part: "length" | "prefix" | "ispb" | "time" | "suffix";
    };

/** Length of an end-to-end id and of a return id, in characters. */
export const PIX_ID_LENGTH = 32;

/** How far the time inside may be from the time of processing, in hours. */
const FRESH_HOURS = 12;

/** Throws a RangeError when a part does not fit: the parts come from programs, not people. */
export function buildEndToEndId(parts: PixIdParts): EndToEndId {
  return build("E", parts) as EndToEndId;
}

/** Throws a RangeError like buildEndToEndId. */
export function buildReturnId(parts: PixIdParts): ReturnId {
  return build("D", parts) as ReturnId;
}

export function parseEndToEndId(text: string): ParsedPixId<EndToEndId> {
  return parse<EndToEndId>("E", text);
}

export function parseReturnId(text: string): ParsedPixId<ReturnId> {
  return parse<ReturnId>("D", text);
}

/** Whether the minute inside an id is near enough to `now` for a payment to be processed. */
export function isFreshPixId(parts: PixIdParts, now: Date): boolean {
  return Math.abs(parts.instant.getTime() - now.getTime()) <= FRESH_HOURS * 3_600_000;
}

function build(prefix: "E" | "D", { ispb, instant, suffix }: PixIdParts): string {
  const minute = instant.toISOString().slice(0, 16).replace(/[-T:]/g, "");
  const id = `${prefix}${ispb}${minute}${suffix}`;
  const parsed = parse(prefix, id);
  if (!parsed.ok) throw new RangeError(`${parsed.part} does not fit in a PIX id: ${id}`);
  return id;
}

function parse<Id extends string>(prefix: "E" | "D", text: string): ParsedPixId<Id> {
  if (text.length !== PIX_ID_LENGTH) return malformed("length");
  if (!text.startsWith(prefix)) return malformed("prefix");
  const ispb = text.slice(1, 9);
  if (!isIspb(ispb)) return malformed("ispb");
  const instant = readMinute(text.slice(9, 21));
  if (instant === null) return malformed("time");
  const suffix = text.slice(21);
  if (!/^[0-9A-Za-z]{11}$/.test(suffix)) return malformed("suffix");
  return { ok: true, id: text as Id, ispb, instant, suffix };
}

function malformed(part: "length" | "prefix" | "ispb" | "time" | "suffix") {
  return { ok: false, code: "pix-id-malformed", part } as const;
}

/** The instant of a UTC minute `yyyyMMddHHmm`, or null when there is no such minute. */
function readMinute(digits: string): Date | null {
  const shape = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(digits);
  if (!shape) return null;
  const [, year, month, day, hour, minute] = shape;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
  const instant = new Date(iso);
  // Date rolls 31 February over into March: what it gives back tells.
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === iso ? instant : null;
}
