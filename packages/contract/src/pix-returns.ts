import { z } from "zod";
import { endToEndId, returnId } from "./pix-work.ts";
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

const centavos = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const account = z.strictObject({ bank: bankId, account: accountNumber });

/** FR01: grounded suspicion of fraud; BE08: failure of the payer's bank (ISO 20022). */
export const pixReturnReason = z.enum(["FR01", "BE08"]);

/** The payer of a PIX says that it was a fraud: what is left at the receivers is blocked. */
export const reportPixReturnInput = z.strictObject({
  idempotencyKey,
  account: accountNumber,
  endToEndId,
  reason: pixReturnReason.default("FR01"),
  description: freeText(140).min(3),
});
export const decidePixReturnInput = z.strictObject({
  idempotencyKey,
  /** A node of the graph at this bank. */
  id: uuid,
  isAccepted: z.boolean(),
  note: freeText(140).min(3),
});
export const getPixReturnInput = z.strictObject({ id: uuid });
export const listPixReturnsInput = z.strictObject(uuidPage);
export const listPixReturnHoldsInput = z.strictObject({
  openOnly: z.boolean().default(false),
  ...uuidPage,
});

export const pixReturnNodeState = z.enum([
  /** The bank was asked and has not said yet what is left. */
  "asked",
  /** Something is blocked and waits for an auditor. */
  "held",
  /** Nothing was left. */
  "empty",
  "accepted",
  "rejected",
  "returned",
]);

/** An account that the money reached: how much came, is blocked, and went back. */
export const pixReturnNode = z.strictObject({
  id: uuid,
  parent: uuid.nullable(),
  depth: z.int().min(0).max(16),
  ...account.shape,
  soughtCentavos: amountCentavos,
  heldCentavos: centavos,
  state: pixReturnNodeState,
  decideBy: instant.nullable(),
});
export const pixReturnView = z.strictObject({
  id: uuid,
  account: accountNumber,
  endToEndId,
  reason: pixReturnReason,
  description: z.string(),
  amountCentavos,
  heldCentavos: centavos,
  returnedCentavos: centavos,
  createdAt: instant,
  nodes: z.array(pixReturnNode),
});
export const pixReturnOutput = z.strictObject({ return: pixReturnView });
export const listPixReturnsOutput = z.strictObject({
  returns: z.array(pixReturnView),
  nextCursor: z.string().nullable(),
});

/** What this bank blocks for a case, here or at another bank. */
export const pixReturnHoldView = z.strictObject({
  id: uuid,
  caseId: uuid,
  reportedBy: bankId,
  account: accountNumber,
  endToEndId,
  /** Of the money on its way back, if it goes. */
  returnId: returnId.nullable(),
  reason: pixReturnReason,
  description: z.string(),
  soughtCentavos: amountCentavos,
  heldCentavos: centavos,
  /** What is blocked as it comes, until then. */
  stillSoughtCentavos: centavos,
  watchUntil: instant.nullable(),
  state: pixReturnNodeState.exclude(["asked"]),
  isOverdue: z.boolean(),
  decideBy: instant.nullable(),
  note: z.string().nullable(),
  createdAt: instant,
});
export const pixReturnHoldOutput = z.strictObject({ hold: pixReturnHoldView });
export const listPixReturnHoldsOutput = z.strictObject({
  holds: z.array(pixReturnHoldView),
  nextCursor: z.string().nullable(),
});

const head = { id: uuid };
const about = {
  endToEndId,
  reason: pixReturnReason,
  description: freeText(140),
  /** Where the money goes back to. */
  victim: account,
};

/** The letters of a special return; each names its case. */
export const pixReturnLetters = [
  z.strictObject({
    kind: z.literal("return-followed"),
    ...head,
    /** The bank that keeps the case. */
    reportedBy: bankId,
    node: pixReturnNode.pick({ id: true, parent: true, depth: true, soughtCentavos: true }),
    account: accountNumber,
    /** The global transaction by which the money came. */
    transaction: uuid,
    ...about,
  }),
  z.strictObject({
    kind: z.literal("return-found"),
    ...head,
    node: pixReturnNode,
    /** Where the rest went on to. */
    next: z.array(pixReturnNode).max(32),
  }),
  z.strictObject({
    kind: z.literal("return-decided"),
    ...head,
    node: uuid,
    state: pixReturnNodeState.extract(["accepted", "rejected", "returned"]),
  }),
] as const;

export type PixReturnNode = z.infer<typeof pixReturnNode>;
export type PixReturnView = z.infer<typeof pixReturnView>;
export type PixReturnHoldView = z.infer<typeof pixReturnHoldView>;
