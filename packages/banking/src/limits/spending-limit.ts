import { limitPeriod } from "../calendar/sao-paulo.ts";

/** Centavos; null is no limit. */
export interface SpendingTerms {
  readonly perTransaction: bigint | null;
  /** Over one day, from the night's end to its beginning (São Paulo). */
  readonly perDay: bigint | null;
  /** Over one night, which belongs together across midnight. */
  readonly perNight: bigint | null;
}

/** What an account or a client may spend, and what was spent in the current day or night. */
export interface SpendingLimit {
  readonly terms: SpendingTerms;
  /** A raise that acts from `at` (epoch milliseconds) on. */
  readonly next: { readonly terms: SpendingTerms; readonly at: number } | null;
  /** Beginning of the period that `used` counts, in epoch milliseconds. */
  readonly periodStart: number | null;
  /** Centavos spent or promised in that period. */
  readonly used: bigint;
}

export interface SpendingRefusal {
  readonly period: "transaction" | "day" | "night";
  readonly limitCentavos: bigint;
  /** What may still be spent; zero or more. */
  readonly leftCentavos: bigint;
}

export type SpendingDecision =
  | { readonly ok: true; readonly limit: SpendingLimit }
  | { readonly ok: false; readonly refusal: SpendingRefusal };

/** The terms that hold at an instant: a raise acts once its time has come. */
export function termsAt({ terms, next }: SpendingLimit, now: number): SpendingTerms {
  return next !== null && next.at <= now ? next.terms : terms;
}

/** Centavos used in the period in which `now` falls. */
export function usedAt(limit: SpendingLimit, now: number): bigint {
  return limit.periodStart === limitPeriod(new Date(now)).start.getTime() ? limit.used : 0n;
}

/** Counts `amount` centavos that are spent or promised at `now`, or says which limit forbids it. */
export function admitSpending(limit: SpendingLimit, amount: bigint, now: number): SpendingDecision {
  const { perTransaction, perDay, perNight } = termsAt(limit, now);
  if (perTransaction !== null && amount > perTransaction) {
    return refuse("transaction", perTransaction, perTransaction);
  }
  const { kind, start } = limitPeriod(new Date(now));
  const used = usedAt(limit, now);
  const bound = kind === "day" ? perDay : perNight;
  if (bound !== null && used + amount > bound) {
    return refuse(kind, bound, used > bound ? 0n : bound - used);
  }
  return { ok: true, limit: { ...limit, periodStart: start.getTime(), used: used + amount } };
}

/**
 * Gives back `amount` centavos of a promise that was made at `placedAt` and released: to the period
 * in which it counted, if that is still the current one.
 */
export function giveBackSpending(
  limit: SpendingLimit,
  amount: bigint,
  placedAt: number,
): SpendingLimit {
  if (limit.periodStart !== limitPeriod(new Date(placedAt)).start.getTime()) return limit;
  return { ...limit, used: limit.used > amount ? limit.used - amount : 0n };
}

/** True when no bound of `to` is higher than that of `from`: lowering acts at once. */
export function isLowering(from: SpendingTerms, to: SpendingTerms): boolean {
  const isLower = (before: bigint | null, after: bigint | null) =>
    before === null || (after !== null && after <= before);
  return (
    isLower(from.perTransaction, to.perTransaction) &&
    isLower(from.perDay, to.perDay) &&
    isLower(from.perNight, to.perNight)
  );
}

/** The lower of both bounds each: what holds at once when some are lowered and others raised. */
export function lowerTerms(one: SpendingTerms, other: SpendingTerms): SpendingTerms {
  const lower = (a: bigint | null, b: bigint | null) =>
    a === null ? b : b === null || a < b ? a : b;
  return {
    perTransaction: lower(one.perTransaction, other.perTransaction),
    perDay: lower(one.perDay, other.perDay),
    perNight: lower(one.perNight, other.perNight),
  };
}

function refuse(
  period: SpendingRefusal["period"],
  limitCentavos: bigint,
  leftCentavos: bigint,
): SpendingDecision {
  return { ok: false, refusal: { period, limitCentavos, leftCentavos } };
}
