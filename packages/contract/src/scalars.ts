import { z } from "zod";

/** The largest amount or balance on the wire: 2^53 − 1 centavos, about R$ 90 trillion. */
export const CENTAVOS_MAX = Number.MAX_SAFE_INTEGER;

/** A positive amount of money in centavos. Floats, strings, zero and negatives are refused. */
export const amountCentavos = z.int().min(1).max(CENTAVOS_MAX);

/** A balance or a difference in centavos; may be negative. */
export const signedCentavos = z.int().min(-CENTAVOS_MAX).max(CENTAVOS_MAX);

/** A bank's id in the consortium, stable for ever (lesson 11: never an index). */
export const bankId = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/);

/** An account's number with its check digit, unique within a bank: `12345-6`. Text, never a number. */
export const accountNumber = z.string().regex(/^[0-9]{1,12}-[0-9X]$/);

/** A bank's office: four digits, kept as text. */
export const agency = z.string().regex(/^[0-9]{4}$/);

/** UUID in lower case; ours are version 7, so that they sort by time. */
export const uuid = z.uuid().toLowerCase();

/** An instant as ISO-8601 in UTC with milliseconds; there was no year 0, and databases know none. */
export const instant = z.iso.datetime({ precision: 3 }).regex(/^(?!0000)/);

/**
 * The caller's key for exactly-once (R50): made and kept by the caller before the first send.
 * The same key with the same request gives the same result.
 */
export const idempotencyKey = z.string().regex(/^[A-Za-z0-9_.:-]{8,100}$/);

/** Free text that people read; control characters are refused so that logs and screens stay whole. */
export function freeText(maximum: number) {
  return z
    .string()
    .trim()
    .max(maximum)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);
}

export const PAGE_SIZE_MAX = 100;

/** How long a page is. */
export const listLimit = z.int().min(1).max(PAGE_SIZE_MAX).default(50);

/** A page of a list in order of a number, newest first; `cursor` is what the page before returned. */
export const numberPage = {
  limit: listLimit,
  cursor: z
    .string()
    .regex(/^[0-9]{1,18}$/)
    .optional(),
};

/** A page of a list in order of a UUID (version 7: by time), newest first. */
export const uuidPage = { limit: listLimit, cursor: uuid.optional() };
