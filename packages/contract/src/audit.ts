import { z } from "zod";
import { auditCosignature, auditFault, signedAuditHead } from "./audit-chain.ts";
import { bankId, freeText, instant, numberPage, uuid } from "./scalars.ts";
import { hash32 } from "./signing/proof.ts";

const auditFilter = {
  /** `azul/3f…`, or part of it. */
  actor: freeText(100).optional(),
  /** `cash.deposit`, or its beginning: `cash.` */
  action: z
    .string()
    .regex(/^[A-Za-z][A-Za-z.-]{0,60}$/)
    .optional(),
  /** The bank that vouches for the actor. */
  bank: bankId.optional(),
  /** What it was done to: an account, a client, a transfer. */
  subject: freeText(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** In the details. */
  text: freeText(120).optional(),
};

export const listAuditInput = z.strictObject({ ...auditFilter, ...numberPage });
export const exportAuditInput = z.strictObject(auditFilter);

export const auditEventView = z.strictObject({
  id: z.string(),
  at: instant,
  actor: z.string(),
  actorBank: z.string(),
  roles: z.array(z.string()),
  session: z.string().nullable(),
  address: z.string().nullable(),
  correlationId: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  transactionId: uuid.nullable(),
  /** Personal data is masked. */
  details: z.unknown(),
});

export const listAuditOutput = z.strictObject({
  bank: bankId,
  events: z.array(auditEventView),
  nextCursor: z.string().nullable(),
});

/** How a bank's chain stands, and what the bank knows of the chains that it watches. */
export const auditChainOutput = z.strictObject({
  bank: bankId,
  /** Null before anything was sealed. */
  last: z
    .strictObject({
      number: z.int(),
      hash: hash32,
      size: z.int(),
      total: z.int(),
      sealedAt: instant,
    })
    .nullable(),
  /** Newest head that each other bank has cosigned. */
  cosigners: z.array(z.strictObject({ bank: bankId, number: z.int(), at: instant })),
  /** Newest head that this bank holds of each bank it watches. */
  watched: z.array(z.strictObject({ bank: bankId, number: z.int(), at: instant })),
  /** Newest first, at most 50. */
  alarms: z.array(
    z.strictObject({
      at: instant,
      bank: bankId,
      code: z.string(),
      number: z.int(),
      rows: z.string(),
    }),
  ),
});

const fromBlock = z.int().min(1).default(1);

export const verifyAuditInput = z.strictObject({ from: fromBlock });

/** Some blocks, computed again from the rows as they are now. */
export const verifyAuditOutput = z.strictObject({
  bank: bankId,
  blocks: z.array(
    z.strictObject({
      number: z.int(),
      hash: hash32,
      size: z.int(),
      /** The head follows the one before, is signed by the bank and has the root of the rows. */
      isSound: z.boolean(),
      faults: z.array(auditFault),
    }),
  ),
  /** Where to go on; null after the last block. */
  next: z.int().nullable(),
  /** Rows that claim to be older than the last seal and were never sealed; with the last blocks. */
  added: z.array(auditFault),
});

export const witnessedHeadsInput = z.strictObject({ bank: bankId, from: fromBlock });

/** Heads of another bank's chain as this one holds them: of each number the latest life. */
export const witnessedHeadsOutput = z.strictObject({
  heads: z.array(z.strictObject({ number: z.int(), hash: hash32 })),
  next: z.int().nullable(),
});

export const exportChainInput = z.strictObject({ from: fromBlock });

/** A block with all that an auditor needs to verify it away from the bank. */
export const auditExportBlock = z.strictObject({
  signed: signedAuditHead,
  cosignatures: z.array(auditCosignature),
  /** 32 bytes for each row, in base64url. */
  leaves: z.string(),
  names: z.array(z.string()),
  /** The rows as they were exported; null for one that is gone. */
  rows: z.array(z.string().nullable()),
});

export const exportChainOutput = z.strictObject({
  bank: bankId,
  blocks: z.array(auditExportBlock),
  next: z.int().nullable(),
});

export type AuditChain = z.infer<typeof auditChainOutput>;
export type AuditEventView = z.infer<typeof auditEventView>;
export type AuditExportBlock = z.infer<typeof auditExportBlock>;
export type AuditFilter = z.infer<typeof exportAuditInput>;
export type ListAudit = z.infer<typeof listAuditOutput>;
export type VerifiedAudit = z.infer<typeof verifyAuditOutput>;
