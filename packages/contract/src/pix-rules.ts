import { z } from "zod";
import { idempotencyKey } from "./scalars.ts";

const DAY_MINUTES = 24 * 60;
const YEAR_MINUTES = 366 * DAY_MINUTES;

function minutes(otherwise: number) {
  return z.int().min(0).max(YEAR_MINUTES).default(otherwise);
}

function days(otherwise: number) {
  return z.int().min(0).max(366).default(otherwise);
}

function tokens(otherwise: number) {
  return z.int().min(1).max(1_000_000).default(otherwise);
}

function hours(from: number, until: number) {
  return z
    .strictObject({ from: z.int().min(0).max(23), until: z.int().min(1).max(24) })
    .refine(({ from: start, until: end }) => start < end)
    .default({ from, until });
}

/** How PIX agreements work at a bank. The defaults are the Banco Central's figures. */
export const pixRules = z.strictObject({
  /** How long a claimed key's holder may take to answer. */
  claimResolutionMinutes: minutes(7 * DAY_MINUTES),
  /** How long a confirmed claim may wait to be completed. */
  claimCompletionMinutes: minutes(7 * DAY_MINUTES),
  /** Hours of São Paulo in which a scheduled PIX is attempted on its day. */
  morning: hours(0, 8),
  /** Hours in which it is tried again. */
  evening: hours(18, 21),
  retryMinutes: z.int().min(1).max(600).default(30),
  /** How long a payer may take to allow an automatic debit. */
  mandateAnswerDays: days(30),
  /** A charge on a mandate comes at least and at most so many days before its date. */
  chargeAheadDaysMin: days(2),
  chargeAheadDaysMax: days(10),
  /** How long after a PIX its payer may report a fraud. */
  returnReportDays: days(80),
  /** How long an auditor has to decide on what is held. */
  returnAnalysisMinutes: minutes(7 * DAY_MINUTES),
  /** How long money that comes to an account later is blocked for what is still sought in it. */
  returnWatchDays: days(90),
  /** Anti-scan: lookups of payees that an account may make at once, and that come back. */
  lookupsOfIndividual: tokens(100),
  lookupsOfCompany: tokens(1_000),
  lookupsPerMinute: tokens(2),
  /** A lookup that finds nobody costs this many. */
  lookupMissCost: z.int().min(1).max(1_000).default(20),
  /** The same for a whole bank: this one's own staff, and each other bank that asks this one. */
  lookupsOfBank: tokens(5_000),
  lookupsOfBankPerMinute: tokens(2_500),
  lookupMissCostOfBank: z.int().min(1).max(1_000).default(3),
  /** Over how many accounts the money is followed. */
  returnDepthMax: z.int().min(1).max(8).default(5),
});

export const pixRulesOutput = z.strictObject({ rules: pixRules });
export const setPixRulesInput = z.strictObject({ idempotencyKey, rules: pixRules.partial() });

export type PixRulesView = z.infer<typeof pixRules>;
