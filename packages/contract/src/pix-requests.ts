import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { pixTarget } from "./pix-schedules.ts";
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

const side = z.enum(["sender", "payer"]);
const account = z.strictObject({ bank: bankId, account: accountNumber });

export const pixRequestState = z.enum([
  "sent",
  "received",
  "paying",
  "paid",
  "declined",
  "cancelled",
  "expired",
  "refused",
]);

/** Asks a client of any bank to pay; that client accepts or declines at its own teller. */
export const sendPixRequestInput = z.strictObject({
  idempotencyKey,
  account: accountNumber,
  payer: pixTarget,
  amountCentavos,
  description: freeText(140).default(""),
  openDays: z.int().min(1).max(90).default(7),
});
export const answerPixRequestInput = z.strictObject({ idempotencyKey, id: uuid });
export const declinePixRequestInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  reason: freeText(140).default(""),
});
export const getPixRequestInput = z.strictObject({ id: uuid, side });
export const listPixRequestsInput = z.strictObject({
  side: side.optional(),
  openOnly: z.boolean().default(false),
  ...uuidPage,
});

export const pixRequestView = z.strictObject({
  id: uuid,
  side,
  state: pixRequestState,
  payee: account,
  payeeName: z.string(),
  payer: account,
  amountCentavos,
  description: z.string(),
  /** The payer's words, where it declined. */
  reason: z.string().nullable(),
  /** Why the last attempt to pay moved nothing. */
  refusal: refusalSchema.nullable(),
  endToEndId: endToEndId.nullable(),
  createdAt: instant,
  expiresAt: instant,
});
export const pixRequestOutput = z.strictObject({ request: pixRequestView });
export const listPixRequestsOutput = z.strictObject({
  requests: z.array(pixRequestView),
  nextCursor: z.string().nullable(),
});

const head = { id: uuid };

/** The letters that two banks write each other about a request to pay. */
export const pixRequestLetters = [
  z.strictObject({
    kind: z.literal("request-sent"),
    ...head,
    payee: account,
    payeeName: freeText(200),
    payer: account,
    amountCentavos,
    description: freeText(140),
    expiresAt: instant,
  }),
  z.strictObject({ kind: z.literal("request-cancelled"), ...head }),
  z.strictObject({
    kind: z.literal("request-told"),
    ...head,
    state: pixRequestState.extract(["received", "paid", "declined", "expired", "refused"]),
    reason: freeText(140).nullable(),
    refusal: refusalSchema.nullable(),
    endToEndId: endToEndId.nullable(),
  }),
] as const;

export type PixRequestView = z.infer<typeof pixRequestView>;
export type PixRequestSide = z.infer<typeof side>;
