import type { AuditHead } from "@pacto/contract";
import { auditHeadHash, auditRoot, signStatements } from "@pacto/contract/signing";
import type { Bank } from "../../context.ts";
import { withTransaction, type Tx } from "../../database/transaction.ts";
import { unsealedEvents, unsealedPostings, type Unsealed } from "./sealed-rows.ts";

/** Rows of each kind in one block: some 50 ms of work for the database. */
const ROWS_MAX = 4_096;
/** One process of the bank seals at a time; the block's number would refuse a second one anyway. */
const LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('audit chain', 0)) AS locked";
const NO_POSTING = "00000000-0000-0000-0000-000000000000";

interface Last {
  readonly head: AuditHead;
  readonly lastAuditStamp: bigint;
  readonly lastAuditId: bigint;
  readonly lastPostingStamp: bigint;
  readonly lastPostingId: string;
}

/**
 * Seals what was written since the last block, off the way of those who write: it locks nothing
 * that they need. Says whether more may be waiting.
 */
export async function sealNext(bank: Bank): Promise<boolean> {
  return withTransaction(bank.pools.recovery, async (tx) => {
    const { rows } = await tx.query<{ locked: boolean }>(LOCK);
    if (rows[0]?.locked !== true) return false;
    const last = await lastBlock(tx);
    const events = await unsealedEvents(
      tx,
      { stamp: last?.lastAuditStamp ?? 0n, id: last?.lastAuditId ?? 0n },
      ROWS_MAX,
    );
    const postings = await unsealedPostings(
      tx,
      { stamp: last?.lastPostingStamp ?? 0n, id: last?.lastPostingId ?? NO_POSTING },
      ROWS_MAX,
    );
    if (events.last === null && postings.last === null) return false;
    await insertBlock(tx, bank, { last, events, postings });
    return events.ids.length === ROWS_MAX || postings.ids.length === ROWS_MAX;
  });
}

async function lastBlock(tx: Tx): Promise<Last | undefined> {
  const { rows } = await tx.query<Last>(
    `SELECT head, last_audit_stamp AS "lastAuditStamp", last_audit_id AS "lastAuditId",
            last_posting_stamp AS "lastPostingStamp", last_posting_id AS "lastPostingId"
       FROM audit_block ORDER BY number DESC LIMIT 1`,
  );
  return rows[0];
}

interface NewBlock {
  readonly last: Last | undefined;
  readonly events: Unsealed<bigint>;
  readonly postings: Unsealed<string>;
}

async function insertBlock(tx: Tx, bank: Bank, { last, events, postings }: NewBlock) {
  const leaves = [...events.leaves, ...postings.leaves];
  const head: AuditHead = {
    kind: "audit-head",
    bank: bank.id,
    incarnation: bank.incarnation,
    number: (last?.head.number ?? 0) + 1,
    previous: last === undefined ? null : auditHeadHash(last.head),
    root: auditRoot(leaves),
    size: leaves.length,
    total: (last?.head.total ?? 0) + leaves.length,
    sealedAt: new Date().toISOString(),
  };
  const [proof] = signStatements([head], bank.audit.signer);
  const event = events.last ?? { stamp: last?.lastAuditStamp ?? 0n, id: last?.lastAuditId ?? 0n };
  const posting = postings.last ?? {
    stamp: last?.lastPostingStamp ?? 0n,
    id: last?.lastPostingId ?? NO_POSTING,
  };
  await tx.query(
    `INSERT INTO audit_block (number, head, hash, proof, audit_ids, posting_ids, leaves,
                              last_audit_stamp, last_audit_id, last_posting_stamp, last_posting_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[head.number, JSON.stringify(head), auditHeadHash(head), JSON.stringify(proof)],
      ...[events.ids, postings.ids, Buffer.concat(leaves)],
      ...[event.stamp, event.id, posting.stamp, posting.id],
    ],
  );
}
