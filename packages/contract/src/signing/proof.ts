import { z } from "zod";
import { keyId } from "../manifest/schema.ts";

/** Statements under one signature: more than any flush makes. */
export const TREE_SIZE_MAX = 65_536;

/** 32 bytes in base64url. The last character's unused bits are zero: one text per value. */
export const hash32 = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

/** 64 bytes in base64url, likewise. */
export const signature64 = z.string().regex(/^[A-Za-z0-9_-]{85}[AQgw]$/);

/**
 * That a bank made a statement: the statement's place in a Merkle tree whose root the bank has
 * signed. A proof stands alone and is verified offline.
 */
export const proofSchema = z.strictObject({
  keyId,
  /** Number of statements in the tree. */
  size: z.int().min(1).max(TREE_SIZE_MAX),
  index: z
    .int()
    .min(0)
    .max(TREE_SIZE_MAX - 1),
  path: z.array(hash32).max(16),
  signature: signature64,
});

export interface Proof {
  readonly keyId: string;
  readonly size: number;
  readonly index: number;
  readonly path: readonly string[];
  readonly signature: string;
}
