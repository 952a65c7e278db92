import { pixEvery } from "@pacto/banking";
import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { localDate } from "./loans.ts";
import { endToEndId, pixKeyValue } from "./pix-work.ts";
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

/** Whom to pay: a key as a person writes it, or an account. */
export const pixTarget = z.union([
  z.strictObject({ key: z.string().trim().min(1).max(100) }),
  z.strictObject({ bank: bankId, account: accountNumber }),
]);
export const pixEverySchema = z.enum(pixEvery);

export const createPixScheduleInput = z.strictObject({
  idempotencyKey,
  account: accountNumber,
  to: pixTarget,
  amountCentavos,
  description: freeText(140).default(""),
  every: pixEverySchema.default("once"),
  /** A day from tomorrow on, of São Paulo. */
  firstOn: localDate,
  /** How often in all; left out, it goes on until it is cancelled. */
  occurrences: z.int().min(1).max(1_000).optional(),
});
export const getPixScheduleInput = z.strictObject({ id: uuid });
export const cancelPixScheduleInput = z.strictObject({ idempotencyKey, id: uuid });
export const listPixSchedulesInput = z.strictObject({
  account: accountNumber.optional(),
  activeOnly: z.boolean().default(false),
  ...uuidPage,
});

/** The payee as it was confirmed when the order was made. */
export const orderPayee = z.strictObject({
  key: pixKeyValue.nullable(),
  bank: bankId,
  account: accountNumber,
  nameMasked: z.string().max(200).nullable(),
});

export const pixOccurrence = z.strictObject({
  number: z.int(),
  dueOn: localDate,
  status: z.enum(["waiting", "done", "failed", "cancelled"]),
  attempt: z.int(),
  nextAt: instant.nullable(),
  transactionId: uuid.nullable(),
  endToEndId: endToEndId.nullable(),
  /** Why the last attempt moved nothing. */
  refusal: refusalSchema.nullable(),
});
export const pixScheduleView = z.strictObject({
  id: uuid,
  account: accountNumber,
  payee: orderPayee,
  amountCentavos,
  description: z.string(),
  every: pixEverySchema,
  firstOn: localDate,
  occurrences: z.int().nullable(),
  status: z.enum(["active", "finished", "cancelled"]),
  /** The mandate that a charge belongs to, or null. */
  mandateId: uuid.nullable(),
  createdAt: instant,
  /** The newest ones first. */
  happenings: z.array(pixOccurrence),
});
export const pixScheduleOutput = z.strictObject({ schedule: pixScheduleView });
export const listPixSchedulesOutput = z.strictObject({
  schedules: z.array(pixScheduleView),
  nextCursor: z.string().nullable(),
});

export type CreatePixScheduleInput = z.infer<typeof createPixScheduleInput>;
export type OrderPayee = z.infer<typeof orderPayee>;
export type PixOccurrence = z.infer<typeof pixOccurrence>;
export type PixScheduleView = z.infer<typeof pixScheduleView>;
export type PixTarget = z.infer<typeof pixTarget>;
