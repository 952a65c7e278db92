import { z } from "zod";
import { bankId, instant } from "./scalars.ts";
import { hash32, proofSchema, TREE_SIZE_MAX } from "./signing/proof.ts";

// The chains of sealed blocks in which each bank binds its audit and its journal, as they cross the
// wire between banks. Only hashes, numbers and ids of rows travel: what the rows say stays at home.

const blockNumber = z.int().min(1);

/** What a bank signs of a block: its rows' Merkle root, and the head before it. */
export const auditHead = z.strictObject({
  kind: z.literal("audit-head"),
  bank: bankId,
  incarnation: z.int().min(0),
  /** From 1, without gaps. */
  number: blockNumber,
  /** Hash of the head before; null for the first. */
  previous: hash32.nullable(),
  /** RFC 6962's tree over the rows, in the order in which they were sealed. */
  root: hash32,
  /** Rows of this block. */
  size: z.int().min(1).max(TREE_SIZE_MAX),
  /** Rows of the whole chain up to here. */
  total: z.int().min(1),
  sealedAt: instant,
});

export const signedAuditHead = z.strictObject({ head: auditHead, proof: proofSchema });

/** Another bank has seen this head and found it consistent with all that it had seen before. */
export const auditCosign = z.strictObject({
  kind: z.literal("audit-cosign"),
  by: bankId,
  bank: bankId,
  number: blockNumber,
  hash: hash32,
});

export const auditCosignature = z.strictObject({ statement: auditCosign, proof: proofSchema });

/** What is wrong with a row that was sealed; `added` was never sealed, and is older than the seal. */
export const auditFault = z.strictObject({
  /** `audit 123` or `posting 0193…`. */
  row: z.string().max(60),
  what: z.enum(["edited", "removed", "reordered", "added"]),
});

const HEADS_MAX = 50;
const KNOWN_MAX = 40;
export const CHECKS_MAX = 16;
export const FAULTS_MAX = 20;

/** What a bank asks of another one whose chain it watches. */
export const auditWatchInput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        /** Heads that the asker holds, newest first, ever farther apart. */
        known: z.array(z.strictObject({ number: blockNumber, hash: hash32 })).max(KNOWN_MAX),
        cosignature: auditCosignature.nullable(),
        /** Blocks whose roots are to be computed again from the rows as they are now. */
        check: z.array(blockNumber).max(CHECKS_MAX),
      }),
    )
    .length(1),
});

export const auditWatchOutput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        incarnation: z.int().min(0),
        /** The newest of the known heads that is this bank's still; 0 when none is. */
        base: z.int().min(0),
        /** Those that follow it, in order. */
        heads: z.array(signedAuditHead).max(HEADS_MAX),
        checks: z
          .array(
            z.strictObject({
              number: blockNumber,
              /** Null when the block is gone. */
              root: hash32.nullable(),
              faults: z.array(auditFault).max(FAULTS_MAX),
            }),
          )
          .max(CHECKS_MAX),
      }),
    )
    .length(1),
});

export const AUDIT_HEADS_PAGE = HEADS_MAX;

export type AuditCosign = z.infer<typeof auditCosign>;
export type AuditCosignature = z.infer<typeof auditCosignature>;
export type AuditFault = z.infer<typeof auditFault>;
export type AuditHead = z.infer<typeof auditHead>;
export type AuditWatchAnswer = z.infer<typeof auditWatchOutput>["items"][number];
export type AuditWatchItem = z.infer<typeof auditWatchInput>["items"][number];
export type SignedAuditHead = z.infer<typeof signedAuditHead>;
