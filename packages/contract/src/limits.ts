import { z } from "zod";
import { accountNumber, idempotencyKey, instant, uuid } from "./scalars.ts";

/** Centavos; null is no limit, zero forbids. */
const bound = z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();

export const spendingTerms = z.strictObject({
  perTransactionCentavos: bound,
  /** From 06:00 to 20:00 in São Paulo. */
  perDayCentavos: bound,
  /** From 20:00 to 06:00 in São Paulo. */
  perNightCentavos: bound,
});

/** Whose limits: one account's, or all accounts of a client together. */
export const limitOwner = z.union([
  z.strictObject({ account: accountNumber }),
  z.strictObject({ client: uuid }),
]);

export const getLimitsInput = z.strictObject({ owner: limitOwner });
export const setLimitsInput = z.strictObject({
  idempotencyKey,
  owner: limitOwner,
  terms: spendingTerms,
});

export const limitsView = z.strictObject({
  terms: spendingTerms,
  /** A raise that was asked for, and when it acts. */
  next: z.strictObject({ terms: spendingTerms, at: instant }).nullable(),
  /** The day or night it is now, and what was spent or promised in it. */
  period: z.enum(["day", "night"]),
  usedCentavos: z.int(),
});
export const limitsOutput = z.strictObject({ limits: limitsView });

export type LimitOwner = z.infer<typeof limitOwner>;
export type LimitsView = z.infer<typeof limitsView>;
export type SetLimitsInput = z.infer<typeof setLimitsInput>;
export type SpendingTermsView = z.infer<typeof spendingTerms>;
