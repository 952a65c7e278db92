import { z } from "zod";
import { localDate } from "./loans.ts";
import {
  accountNumber,
  amountCentavos,
  freeText,
  idempotencyKey,
  instant,
  signedCentavos,
  uuid,
} from "./scalars.ts";

/** Per year in parts per million: 5 % are 50000. Zero and negative rates are refused by name. */
const yearlyRatePpm = z.int().min(-100_000_000).max(100_000_000);

export const interestKind = z.enum(["savings", "overdraft"]);
/** How much of a year one day is. */
export const dailyCount = z.enum(["actual/365", "actual/360", "business/252"]);
/** How much of a year lies between two days. */
export const dayCount = z.enum([
  "anniversary",
  "actual/365",
  "actual/360",
  "30/360",
  "business/252",
]);

export const interestRateView = z.strictObject({
  kind: interestKind,
  since: localDate,
  yearlyRatePpm: z.int(),
  dayCount: dailyCount,
  setBy: z.string(),
  setAt: instant,
});
/** Newest day first; the first one of a kind that is not in the future is what holds today. */
export const interestRatesOutput = z.strictObject({ rates: z.array(interestRateView) });
export const setInterestRateInput = z.strictObject({
  idempotencyKey,
  kind: interestKind,
  yearlyRatePpm,
  dayCount: dailyCount.default("actual/365"),
  /** The first day it counts; not one for which interest was posted already. */
  since: localDate,
});

/** From the first day to the day that no longer counts. */
const time = { from: localDate, to: localDate };

export const simulateInterestInput = z.strictObject({
  amountCentavos,
  yearlyRatePpm,
  ...time,
  dayCount: dayCount.default("anniversary"),
  compounding: z.enum(["simple", "compound"]).default("compound"),
});
export const simulateInterestOutput = z.strictObject({
  amountCentavos,
  interestCentavos: signedCentavos,
  totalCentavos: signedCentavos,
  /** The share of a year: `365/365`. */
  yearFraction: z.string(),
});

export const applyInterestInput = z.strictObject({
  idempotencyKey,
  number: accountNumber,
  yearlyRatePpm,
  ...time,
  reason: freeText(120).default(""),
});
export const applyInterestOutput = z.strictObject({
  postingId: uuid,
  number: accountNumber,
  interestCentavos: amountCentavos,
  balanceAfterCentavos: signedCentavos,
  at: instant,
});

/** A month of the calendar in São Paulo: `2026-10`. */
export const month = z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/);
export const runInterestInput = z.strictObject({ idempotencyKey, month });

export type ApplyInterestInput = z.infer<typeof applyInterestInput>;
export type ApplyInterestOutput = z.infer<typeof applyInterestOutput>;
export type InterestKind = z.infer<typeof interestKind>;
export type InterestRateView = z.infer<typeof interestRateView>;
export type RunInterestInput = z.infer<typeof runInterestInput>;
export type SetInterestRateInput = z.infer<typeof setInterestRateInput>;
export type SimulateInterestInput = z.infer<typeof simulateInterestInput>;
