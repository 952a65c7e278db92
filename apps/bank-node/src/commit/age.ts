import { CLOCK_TOLERANCE_S } from "@pacto/contract/signing";

/**
 * How far the instant in a transaction's id may be from this bank's clock when it is asked to vote,
 * in milliseconds: what the clocks of two banks may differ by, and the time a prepare is under way.
 */
export const AGE_TOLERANCE_MS = (CLOCK_TOLERANCE_S + 30) * 1_000;

/**
 * The instant that a UUIDv7 carries, in milliseconds since 1970 (RFC 9562, 5.7); undefined for
 * other ids.
 */
export function instantOf(id: string): number | undefined {
  if (id[14] !== "7") return undefined;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Whether a transaction with this id can have begun just now. */
export function isNew(id: string, nowMs: number): boolean {
  const begunAt = instantOf(id);
  return begunAt !== undefined && Math.abs(nowMs - begunAt) <= AGE_TOLERANCE_MS;
}

/** Below every UUIDv7 made at or after an instant, in milliseconds since 1970. */
export function firstIdAt(ms: number): string {
  const digits = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}
