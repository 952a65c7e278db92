import { z } from "zod";
import { cashOutput, withdrawInput } from "./cash.ts";
import { accountNumber, idempotencyKey, instant, uuid, uuidPage } from "./scalars.ts";
import { createTransferInput, transferView } from "./transfers.ts";

const withoutKey = { idempotencyKey: true } as const;

/** What the first holder asks for, exactly as it will be done. */
export const debitRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("withdrawal"), cash: withdrawInput.omit(withoutKey) }),
  z.strictObject({ kind: z.literal("transfer"), transfer: createTransferInput.omit(withoutKey) }),
]);

export const askDebitInput = z.strictObject({
  idempotencyKey,
  /** The joint account for which both holders sign. */
  number: accountNumber,
  /** The holder who asks. */
  askedBy: uuid,
  request: debitRequest,
});

export const signDebitInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  /** The other holder, who confirms. */
  signedBy: uuid,
});

export const withdrawDebitInput = z.strictObject({ idempotencyKey, id: uuid });

export const pendingDebit = z.strictObject({
  id: uuid,
  number: accountNumber,
  request: debitRequest,
  askedBy: uuid,
  askedByName: z.string(),
  status: z.enum(["pending", "signed", "withdrawn"]),
  signedBy: uuid.nullable(),
  createdAt: instant,
  decidedAt: instant.nullable(),
});

export const debitOutput = z.strictObject({ debit: pendingDebit });
export const signedDebitOutput = z.strictObject({
  debit: pendingDebit,
  cash: cashOutput.nullable(),
  transfer: transferView.nullable(),
});
export const listDebitsInput = z.strictObject({
  number: accountNumber.optional(),
  pendingOnly: z.boolean().default(false),
  ...uuidPage,
});
export const listDebitsOutput = z.strictObject({
  debits: z.array(pendingDebit),
  nextCursor: z.string().nullable(),
});

export type AskDebitInput = z.infer<typeof askDebitInput>;
export type DebitRequest = z.infer<typeof debitRequest>;
export type PendingDebitView = z.infer<typeof pendingDebit>;
export type SignDebitInput = z.infer<typeof signDebitInput>;
