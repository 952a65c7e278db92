import { z } from "zod";
import {
  changeTermsInput,
  closeAccountInput,
  openAccountInput,
  unblockAccountInput,
} from "./accounts.ts";
import { reverseCashInput, withdrawInput } from "./cash.ts";
import { signDebitInput } from "./debits.ts";
import { refusalSchema } from "./errors/refusal.ts";
import { setLimitsInput } from "./limits.ts";
import { createLoanInput, payLoanByTransferInput } from "./loans.ts";
import { refundPixInput } from "./pix-refunds.ts";
import { approvablePix } from "./pix.ts";
import {
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  uuid,
  uuidPage,
} from "./scalars.ts";
import { staffRolesChange } from "./staff.ts";
import { createTransferInput, reverseTransferInput } from "./transfers.ts";

const withoutKey = { idempotencyKey: true } as const;
const withoutWait = { waitMs: true } as const;

export const approvalRules = z.strictObject({
  /** Unblocking, account terms and reversals take two persons. */
  isRequired: z.boolean(),
  /** From here on what moves money out (transfer, PIX, withdrawal, loan) takes two; null is never. */
  amountFromCentavos: amountCentavos.nullable(),
});

/** Hash of a manifest without its signatures: which keys the bank has from then on. */
const keysChange = z.strictObject({
  epoch: z.int().min(1),
  manifest: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

function approvable<Kind extends string, Payload extends z.ZodType>(kind: Kind, payload: Payload) {
  return z.strictObject({ kind: z.literal(kind), payload });
}

/** What can be put before a second person, exactly as it will be done. */
export const approvalRequest = z.discriminatedUnion("kind", [
  approvable("accounts.changeTerms", changeTermsInput.omit(withoutKey)),
  approvable("accounts.close", closeAccountInput.omit(withoutKey)),
  approvable("accounts.open", openAccountInput.omit(withoutKey)),
  approvable("accounts.unblock", unblockAccountInput.omit(withoutKey)),
  approvable("approvals.setRules", approvalRules),
  approvable("cash.reverse", reverseCashInput.omit(withoutKey)),
  approvable("cash.withdraw", withdrawInput.omit(withoutKey)),
  approvable("debits.sign", signDebitInput.omit(withoutKey)),
  approvable("keys.change", keysChange),
  approvable("limits.set", setLimitsInput.omit(withoutKey)),
  approvable("loans.create", createLoanInput.omit(withoutKey)),
  approvable("loans.payByTransfer", payLoanByTransferInput.omit({ ...withoutKey, ...withoutWait })),
  approvable("pix.refund", refundPixInput.omit(withoutWait)),
  approvable("pix.send", approvablePix),
  approvable("staff.setRoles", staffRolesChange),
  approvable("transfers.create", createTransferInput.omit({ ...withoutKey, ...withoutWait })),
  approvable("transfers.reverse", reverseTransferInput.omit({ ...withoutKey, ...withoutWait })),
]);

export const requestApprovalInput = z.strictObject({
  idempotencyKey,
  request: approvalRequest,
  reason: freeText(500).min(5),
});

/** SHA-256 of what was read, in base64url: nobody decides about something else. */
const contentHash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const approvalView = z.strictObject({
  id: uuid,
  request: approvalRequest,
  hash: contentHash,
  reason: z.string(),
  madeBy: z.string(),
  madeByName: z.string(),
  madeAt: instant,
  expiresAt: instant,
  /** `approved` is on its way to `executed`, or to `refused` with the refusal. */
  status: z.enum(["open", "approved", "executed", "refused", "rejected", "withdrawn", "expired"]),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  note: z.string().nullable(),
  /** Id of what was made by it. */
  subject: z.string().nullable(),
  refusal: refusalSchema.nullable(),
  /** Whether the reader may decide it. */
  isForReader: z.boolean(),
});

export const approvalOutput = z.strictObject({ approval: approvalView });
export const getApprovalInput = z.strictObject({ id: uuid });
export const listApprovalsInput = z.strictObject({
  openOnly: z.boolean().default(false),
  ...uuidPage,
});
export const listApprovalsOutput = z.strictObject({
  bank: bankId,
  approvals: z.array(approvalView),
  nextCursor: z.string().nullable(),
  /** How many the reader may decide now: the badge of the inbox. */
  forReader: z.int(),
});

const note = freeText(500).default("");
export const approveInput = z.strictObject({ idempotencyKey, id: uuid, hash: contentHash, note });
export const rejectApprovalInput = z.strictObject({ idempotencyKey, id: uuid, note });
export const withdrawApprovalInput = z.strictObject({ idempotencyKey, id: uuid });

export type ApprovalRequest = z.infer<typeof approvalRequest>;
export type ApprovalRulesView = z.infer<typeof approvalRules>;
export type ApprovalView = z.infer<typeof approvalView>;
export type ApproveInput = z.infer<typeof approveInput>;
export type RejectApprovalInput = z.infer<typeof rejectApprovalInput>;
export type RequestApprovalInput = z.infer<typeof requestApprovalInput>;
