import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { localDate } from "./loans.ts";
import { pixEverySchema } from "./pix-schedules.ts";
import { endToEndId } from "./pix-work.ts";
import {
  accountNumber,
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  uuid,
  uuidPage,
} from "./scalars.ts";

const side = z.enum(["receiver", "payer"]);
const account = z.strictObject({ bank: bankId, account: accountNumber });

const terms = {
  /** Each charge is exactly this much, or at most the ceiling: one of the two. */
  fixedCentavos: amountCentavos.nullable().default(null),
  ceilingCentavos: amountCentavos.nullable().default(null),
  every: pixEverySchema.default("month"),
  startsOn: localDate,
  endsOn: localDate.nullable().default(null),
  description: freeText(140).default(""),
};
const isOneAmount = (of: { fixedCentavos: number | null; ceilingCentavos: number | null }) =>
  (of.fixedCentavos === null) !== (of.ceilingCentavos === null);

export const pixMandateTerms = z.strictObject(terms).refine(isOneAmount);

/** The receiver's bank asks a payer to allow automatic debits. */
export const proposePixMandateInput = z.strictObject({
  idempotencyKey,
  account: accountNumber,
  payer: account,
  terms: pixMandateTerms,
});
export const answerPixMandateInput = z.strictObject({ idempotencyKey, id: uuid });
export const cancelPixMandateInput = z.strictObject({ idempotencyKey, id: uuid, side });
export const chargePixMandateInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  amountCentavos,
  dueOn: localDate,
});
export const getPixMandateInput = z.strictObject({ id: uuid, side });
export const listPixMandatesInput = z.strictObject({
  side: side.optional(),
  openOnly: z.boolean().default(false),
  ...uuidPage,
});

export const pixMandateState = z.enum(["proposed", "active", "rejected", "expired", "cancelled"]);
export const pixChargeState = z.enum([
  "sent",
  "scheduled",
  "paid",
  "failed",
  "refused",
  "cancelled",
]);
export const pixMandateChargeView = z.strictObject({
  id: uuid,
  amountCentavos,
  dueOn: localDate,
  state: pixChargeState,
  refusal: refusalSchema.nullable(),
  endToEndId: endToEndId.nullable(),
});
export const pixMandateView = z.strictObject({
  id: uuid,
  side,
  state: pixMandateState,
  receiver: account,
  receiverName: z.string(),
  payer: account,
  terms: pixMandateTerms,
  refusal: refusalSchema.nullable(),
  createdAt: instant,
  answerBy: instant,
  charges: z.array(pixMandateChargeView),
});
export const pixMandateOutput = z.strictObject({ mandate: pixMandateView });
export const listPixMandatesOutput = z.strictObject({
  mandates: z.array(pixMandateView),
  nextCursor: z.string().nullable(),
});

const head = { id: uuid };

/** The letters that the receiver's and the payer's bank write each other about a mandate. */
export const pixMandateLetters = [
  z.strictObject({
    kind: z.literal("mandate-proposed"),
    ...head,
    receiver: account,
    receiverName: freeText(200),
    payer: account,
    terms: pixMandateTerms,
    answerBy: instant,
  }),
  z.strictObject({
    kind: z.literal("mandate-answered"),
    ...head,
    state: z.enum(["active", "rejected", "expired"]),
    refusal: refusalSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal("mandate-cancelled"), ...head, by: side }),
  z.strictObject({
    kind: z.literal("mandate-charged"),
    ...head,
    charge: z.strictObject({ id: uuid, amountCentavos, dueOn: localDate }),
  }),
  z.strictObject({
    kind: z.literal("mandate-charge-told"),
    ...head,
    charge: uuid,
    state: pixChargeState.exclude(["sent"]),
    refusal: refusalSchema.nullable(),
    endToEndId: endToEndId.nullable(),
  }),
] as const;

export type PixMandateView = z.infer<typeof pixMandateView>;
export type PixMandateTerms = z.infer<typeof pixMandateTerms>;
export type PixMandateChargeView = z.infer<typeof pixMandateChargeView>;
export type PixMandateSide = z.infer<typeof side>;
export type PixChargeState = z.infer<typeof pixChargeState>;
