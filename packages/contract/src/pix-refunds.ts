import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { endToEndId, refundReason, returnId } from "./pix-work.ts";
import { accountNumber, amountCentavos, freeText, instant, uuid } from "./scalars.ts";
import { transferSide } from "./transfers.ts";

/** Chosen by the client, once for each payment: the key under which the refund is done once. */
export const refundId = z.string().regex(/^[a-zA-Z0-9]{1,35}$/);

/** Days after its settlement in which a PIX may be refunded. */
export const REFUND_WINDOW_DAYS = 90;

export const refundPixInput = z.strictObject({
  /** Of the received PIX; a `D…` id, which is a refund's own, is refused in its own words. */
  endToEndId: z.string().regex(/^[ED][0-9A-Z]{8}[0-9]{12}[0-9A-Za-z]{11}$/),
  id: refundId,
  amountCentavos,
  reason: refundReason.default("MD06"),
  description: freeText(140).default(""),
  waitMs: z.int().min(0).max(30_000).default(10_000),
});

export const refundStatus = z.enum(["EM_PROCESSAMENTO", "DEVOLVIDO", "NAO_REALIZADO"]);

export const refundView = z.strictObject({
  endToEndId,
  id: refundId,
  returnId,
  account: accountNumber,
  amountCentavos,
  status: refundStatus,
  reason: refundReason,
  description: z.string(),
  /** What goes back to each payer. */
  to: z.array(transferSide),
  transactionId: uuid,
  /** Why it was not done. */
  refusal: refusalSchema.nullable(),
  requestedAt: instant,
  settledAt: instant.nullable(),
});
export const refundOutput = z.strictObject({ refund: refundView });
export const getRefundInput = z.strictObject({ endToEndId, id: refundId });

/** What of a received PIX may still go back. */
export const refundable = z.strictObject({
  originalCentavos: amountCentavos,
  refundedCentavos: z.int().min(0),
  remainingCentavos: z.int().min(0),
  /** Until then. */
  until: instant,
  daysLeft: z.int().min(0),
});

/** Money of a sent PIX that came back. */
export const returnedView = z.strictObject({
  returnId,
  account: accountNumber,
  amountCentavos,
  reason: refundReason,
  transactionId: uuid,
  settledAt: instant,
});

export type RefundReason = z.infer<typeof refundReason>;
export type RefundView = z.infer<typeof refundView>;
export type Refundable = z.infer<typeof refundable>;
