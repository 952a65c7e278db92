import type { AuditFault, AuditHead, SignedAuditHead } from "@pacto/contract";
import { auditFaults, auditRoot, splitLeaves } from "@pacto/contract/signing";
import type { Proof } from "@pacto/contract/signing";
import type { Tx } from "../../database/transaction.ts";
import { leavesNow, rowNames, type BlockRows } from "./sealed-rows.ts";

export interface BlockRow extends BlockRows {
  readonly number: bigint;
  readonly head: AuditHead;
  readonly hash: string;
  readonly proof: Proof;
  readonly leaves: Buffer;
}

export const BLOCK_COLUMNS = `number, head, hash, proof, audit_ids AS "auditIds",
  posting_ids AS "postingIds", leaves`;

export function signedHeadOf({ head, proof }: Pick<BlockRow, "head" | "proof">): SignedAuditHead {
  return { head, proof: { ...proof, path: [...proof.path] } };
}

export async function readBlocks(tx: Tx, numbers: readonly number[]): Promise<BlockRow[]> {
  const { rows } = await tx.query<BlockRow>(
    `SELECT ${BLOCK_COLUMNS} FROM audit_block WHERE number = ANY($1) ORDER BY number`,
    [numbers],
  );
  return rows;
}

export interface Checked {
  /** The root over the rows as they are now. */
  readonly root: string;
  readonly faults: readonly AuditFault[];
}

/** What stands for a row that is gone, so that the root differs. */
const GONE = Buffer.alloc(32);

/** Computes a block again from its rows as they are now, and names those that are not as sealed. */
export async function checkBlock(tx: Tx, block: BlockRow): Promise<Checked> {
  const now = await leavesNow(tx, block);
  const faults = auditFaults(rowNames(block), splitLeaves(block.leaves), now);
  return { root: auditRoot(now.map((leaf) => leaf ?? GONE)), faults };
}
