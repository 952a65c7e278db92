import { z } from "zod";
import { legAccount } from "./commit.ts";
import { refusalSchema } from "./errors/refusal.ts";
import {
  accountNumber,
  amountCentavos,
  bankId,
  freeText,
  idempotencyKey,
  instant,
  uuidPage,
  signedCentavos,
  uuid,
} from "./scalars.ts";

/** One account's share: money leaves it (`from`) or reaches it (`to`). */
export const transferSide = z.strictObject({
  bank: bankId,
  account: accountNumber,
  amountCentavos,
});

export const SIDES_MAX = 16;

const sides = {
  from: z.array(transferSide).min(1).max(SIDES_MAX),
  to: z.array(transferSide).min(1).max(SIDES_MAX),
};

export const createTransferInput = z.strictObject({
  idempotencyKey,
  ...sides,
  purpose: freeText(140).default(""),
  /** The client who asks: the bank then demands a holder of each account that pays. */
  askedBy: uuid.optional(),
  /** How long the answer may wait for the decision; then it says "in progress". */
  waitMs: z.int().min(0).max(30_000).default(5_000),
});

export const reverseTransferInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  reason: freeText(120).min(3),
  waitMs: z.int().min(0).max(30_000).default(5_000),
});

export const previewTransferInput = z.strictObject(sides);

/** Where one bank stands in a transfer, as far as the answering bank knows. */
export const branchProgress = z.strictObject({
  bank: bankId,
  vote: z.enum(["pending", "yes", "no"]),
  /** `applied`: the bank acknowledged that the decision stands in its own ledger. */
  decision: z.enum(["pending", "sent", "applied"]),
});

export const transferState = z.enum(["preparing", "proposed", "committed", "aborted"]);

export const transferView = z.strictObject({
  id: uuid,
  coordinator: bankId,
  /** `committed` and `aborted` are final (I5). */
  state: transferState,
  /** Every bank has acknowledged the decision. */
  settled: z.boolean(),
  from: z.array(transferSide),
  to: z.array(transferSide),
  totalCentavos: amountCentavos,
  purpose: z.string(),
  branches: z.array(branchProgress),
  /** Why it was aborted, and at which bank. */
  refusal: refusalSchema.nullable(),
  createdAt: instant,
  decidedAt: instant.nullable(),
});

export const transferOutput = z.strictObject({ transfer: transferView });
export const getTransferInput = z.strictObject({ id: uuid });

/** What one participant itself knows: readable while the coordinator is away. */
export const branchView = z.strictObject({
  bank: bankId,
  transactionId: uuid,
  coordinator: bankId,
  /** `heuristic-…`: two persons of this bank forced it; the consortium's outcome is not known. */
  state: z.enum(["prepared", "committed", "aborted", "heuristic-commit", "heuristic-abort"]),
  legs: z.array(
    z.strictObject({
      account: legAccount,
      direction: z.enum(["debit", "credit"]),
      amountCentavos,
    }),
  ),
  refusal: refusalSchema.nullable(),
  votedAt: instant,
  decidedAt: instant.nullable(),
});

export const getBranchInput = z.strictObject({ id: uuid });
export const getBranchOutput = z.strictObject({ branch: branchView.nullable() });

export const listTransfersInput = z.strictObject({
  /** Only those that are not decided or not settled yet. */
  openOnly: z.boolean().default(false),
  account: accountNumber.optional(),
  ...uuidPage,
});

export const listTransfersOutput = z.strictObject({
  transfers: z.array(transferView),
  nextCursor: z.string().nullable(),
});

/** Global transactions in which this bank has voted yes and waits for the decision. */
export const inDoubtOutput = z.strictObject({
  branches: z.array(
    z.strictObject({
      ...branchView.shape,
      heldCentavos: signedCentavos,
      waitingFor: z.array(bankId),
      /** Banks of which a majority decides without the coordinator; empty where only it does. */
      witnesses: z.array(bankId),
    }),
  ),
});

/** Prepare's own decision, without holding anything; one line for each account. */
export const previewLine = z.strictObject({
  bank: bankId,
  account: accountNumber,
  direction: z.enum(["debit", "credit"]),
  amountCentavos,
  /** The holder as the paying side may see it: first name and masked rest. */
  holderMasked: z.string().nullable(),
  status: z.enum(["ok", "refused", "unknown"]),
  refusal: refusalSchema.nullable(),
});

export const previewTransferOutput = z.strictObject({
  feasible: z.boolean(),
  lines: z.array(previewLine),
});

export type BranchProgress = z.infer<typeof branchProgress>;
export type BranchView = z.infer<typeof branchView>;
export type InDoubtBranch = z.infer<typeof inDoubtOutput>["branches"][number];
export type CreateTransferInput = z.infer<typeof createTransferInput>;
export type PreviewLine = z.infer<typeof previewLine>;
export type PreviewTransferInput = z.infer<typeof previewTransferInput>;
export type ReverseTransferInput = z.infer<typeof reverseTransferInput>;
export type TransferSide = z.infer<typeof transferSide>;
export type TransferState = z.infer<typeof transferState>;
export type TransferView = z.infer<typeof transferView>;
