import { z } from "zod";
import {
  certificateSchema,
  descriptorSchema,
  INCARNATION_MAX,
  MESSAGES_MAX,
  signedDescriptorSchema,
  voteSchema,
} from "./commit.ts";
import { bankId, freeText, instant, uuid } from "./scalars.ts";
import { proofSchema } from "./signing/proof.ts";

/** Answered to operators only: how others ask the node whether somebody is one. */
export const mayOperateOutput = z.strictObject({ bank: bankId });

/** Whether the bank's processes may be stopped without leaving anybody in doubt. */
export const drainOutput = z.strictObject({
  mode: z.enum(["normal", "recovering", "draining"]),
  /** Transactions that this bank coordinates and that are not settled. */
  coordinating: z.int(),
  /** Branches here that wait for another bank's decision. */
  inDoubt: z.int(),
  isSafeToStop: z.boolean(),
});

export const heuristicOutcome = z.enum(["commit", "abort"]);

export const requestHeuristicInput = z.strictObject({
  transactionId: uuid,
  outcome: heuristicOutcome,
  reason: freeText(500).min(10),
});

export const heuristicRequestView = z.strictObject({
  id: uuid,
  transactionId: uuid,
  outcome: heuristicOutcome,
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: instant,
  status: z.enum(["open", "done", "withdrawn"]),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
});

export const heuristicRequestOutput = z.strictObject({ request: heuristicRequestView });
export const heuristicRequestsOutput = z.strictObject({
  bank: bankId,
  requests: z.array(heuristicRequestView),
});
export const decideHeuristicInput = z.strictObject({ id: uuid, approve: z.boolean() });

export const receiptInput = z.strictObject({ id: uuid });

/**
 * Everything that proves an outcome, verifiable offline with the manifest's public keys (R45):
 * `pacto verify RECEIPT.json`.
 */
export const receiptSchema = z.strictObject({
  pacto: z.literal("receipt/1"),
  /** The bank that hands it out. */
  bank: bankId,
  hash: z.string(),
  descriptor: descriptorSchema,
  descriptorProof: proofSchema,
  /** The bank's own vote where it took part; null for the coordinator without a branch. */
  vote: voteSchema.nullable(),
  /** Null while the outcome is not known to this bank. */
  certificate: certificateSchema.nullable(),
  heuristic: heuristicOutcome.nullable(),
  issuedAt: instant,
});

export const receiptOutput = z.strictObject({ receipt: receiptSchema });

/** Before a receipt in a QR code: what follows is its JSON, deflated, in base64url. */
export const RECEIPT_MARK = "PACTO1:";

/** What a restored bank asks of a peer (R48), page by page in order of transaction id. */
export const recoverInput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        /** `next` of the page before; on the first where the backup's holes may begin, null for all. */
        after: uuid.nullable(),
        incarnation: z.int().min(1).max(INCARNATION_MAX),
        /** `asOf` of the peer's first answer: what it began later cannot have been forgotten. */
        asOf: instant.nullable(),
      }),
    )
    .length(1),
});

/** Transactions in one answer at most; with a witness majority's proofs each is some 10 KiB. */
export const RECOVER_PAGE = 50;

export const recoveredTransaction = z.strictObject({
  signed: signedDescriptorSchema,
  certificate: certificateSchema,
});

export const recoverOutput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        /** Transactions naming the asker whose outcome this bank knows, in order of their ids. */
        transactions: z.array(recoveredTransaction).max(RECOVER_PAGE),
        /** By this bank's clock, when it was first asked. */
        asOf: instant,
        /** Of every coordinator the highest sequence on record here; on the first page only. */
        heard: z.array(z.strictObject({ bank: bankId, sequence: z.int().min(0) })).max(1_000),
        /** The highest incarnation of the asker that this bank has heard of. */
        incarnation: z.int().min(1).max(INCARNATION_MAX),
        /** Begun or voted on by `asOf`, waiting for an outcome in which the asker has a say. */
        undecided: z.int().min(0),
        /** Where the next page begins; null after the last. A page may be empty and not the last. */
        next: uuid.nullable(),
      }),
    )
    .length(1),
});

export const pingInput = z.strictObject({
  items: z.array(z.strictObject({})).min(1).max(MESSAGES_MAX),
});
export const pingOutput = z.strictObject({
  items: z.array(z.strictObject({ bank: bankId, incarnation: z.int() })),
});

/** For the file that two persons sign off: the proofs, who asked, who agreed and why. */
export const evidenceOutput = z.strictObject({
  receipt: receiptSchema,
  requests: z.array(heuristicRequestView),
  /** What the protocol saw that cannot happen among honest, healthy banks. */
  alarms: z.array(z.strictObject({ at: instant, code: z.string(), bank: z.string() })),
});

export type DrainOutput = z.infer<typeof drainOutput>;
export type HeuristicRequestView = z.infer<typeof heuristicRequestView>;
export type RecoveredTransaction = z.infer<typeof recoveredTransaction>;
export type RecoverAnswer = z.infer<typeof recoverOutput>["items"][number];
export type Receipt = z.infer<typeof receiptSchema>;
