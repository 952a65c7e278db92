import type { AuditExportBlock, AuditFault, AuditHead, VerifiedAudit } from "@pacto/contract";
import { auditHeadHash, followsHead, type Proof } from "@pacto/contract/signing";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { BLOCK_COLUMNS, type BlockRow, checkBlock, signedHeadOf } from "./chain/blocks.ts";
import { rowNames, textsNow } from "./chain/sealed-rows.ts";

/** Rows of one page: some 100 ms of work for the database. */
const ROWS_PAGE = 5_000;
const BLOCKS_PAGE = 200;
const ADDED_MAX = 20;

/** Blocks from a number on, as many as one answer may hold; at least one. */
async function pageOfBlocks(tx: Tx, from: number): Promise<BlockRow[]> {
  const { rows } = await tx.query<BlockRow>(
    `SELECT ${BLOCK_COLUMNS} FROM (
       SELECT b.*, sum((head ->> 'size')::int) OVER (ORDER BY number) AS so_far
         FROM (SELECT * FROM audit_block WHERE number >= $1 ORDER BY number LIMIT $2) AS b
     ) AS counted
      WHERE so_far <= $3 OR number = (SELECT min(number) FROM audit_block WHERE number >= $1)
      ORDER BY number`,
    [from, BLOCKS_PAGE, ROWS_PAGE],
  );
  return rows;
}

async function nextAfter(tx: Tx, blocks: readonly BlockRow[]): Promise<number | null> {
  const last = blocks.at(-1)?.number;
  if (last === undefined) return null;
  const { rows } = await tx.query<{ number: bigint }>(
    "SELECT number FROM audit_block WHERE number > $1 ORDER BY number LIMIT 1",
    [last],
  );
  const [next] = rows;
  return next === undefined ? null : Number(next.number);
}

/** Computes a part of the chain again from the rows as they are now. */
export async function verifyChain(
  { bank }: StaffContext,
  { from }: { readonly from: number },
): Promise<VerifiedAudit> {
  const db = bank.pools.recovery;
  const blocks = await pageOfBlocks(db, from);
  let last = await headBefore(db, blocks[0]);
  const verified: VerifiedAudit["blocks"] = [];
  for (const block of blocks) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, beside the bank's own work
    const { root, faults } = await checkBlock(db, block);
    const { head, hash, proof } = block;
    const isSound =
      followsHead(head, last) &&
      auditHeadHash(head) === hash &&
      (root === head.root || faults.length > 0) &&
      bank.audit.verifier.verify(head, bank.id, proof);
    verified.push({ number: head.number, hash, size: head.size, isSound, faults: [...faults] });
    last = head;
  }
  const next = await nextAfter(db, blocks);
  const added = next === null ? await rowsNeverSealed(db) : [];
  return { bank: bank.id, blocks: verified, next, added };
}

async function headBefore(tx: Tx, block: BlockRow | undefined): Promise<AuditHead | undefined> {
  if (block === undefined) return undefined;
  const { rows } = await tx.query<{ head: AuditHead }>(
    "SELECT head FROM audit_block WHERE number = $1 - 1",
    [block.number],
  );
  return rows[0]?.head;
}

/** Rows within what was sealed that no block names. */
async function rowsNeverSealed(tx: Tx): Promise<AuditFault[]> {
  const events = await neverSealed(tx, "audit_event", "audit");
  const postings = await neverSealed(tx, "posting", "posting");
  return [...events, ...postings];
}

async function neverSealed(
  tx: Tx,
  table: "audit_event" | "posting",
  name: "audit" | "posting",
): Promise<AuditFault[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id::text FROM (
       SELECT t.id FROM ${table} t
        WHERE (t.stamp, t.id) <= (SELECT last_${name}_stamp, last_${name}_id FROM audit_block
                                   ORDER BY number DESC LIMIT 1)
       EXCEPT SELECT unnest(${name}_ids) FROM audit_block
     ) AS unnamed LIMIT ${ADDED_MAX}`,
  );
  return rows.map(({ id }) => ({ row: `${name} ${id}`, what: "added" }));
}

interface CosignatureRow {
  readonly hash: string;
  readonly bank: string;
  readonly number: bigint;
  readonly proof: Proof;
}

/** A part of the chain with its rows, signatures and cosignatures, to be verified anywhere. */
export async function exportChain(
  { bank }: StaffContext,
  { from }: { readonly from: number },
): Promise<{ bank: string; blocks: AuditExportBlock[]; next: number | null }> {
  const db = bank.pools.recovery;
  const blocks = await pageOfBlocks(db, from);
  const { rows: cosigned } = await db.query<CosignatureRow>(
    "SELECT hash, bank, number, proof FROM audit_cosignature WHERE hash = ANY($1) ORDER BY bank",
    [blocks.map(({ hash }) => hash)],
  );
  const exported: AuditExportBlock[] = [];
  for (const block of blocks) {
    exported.push({
      signed: signedHeadOf(block),
      cosignatures: cosigned.filter(({ hash }) => hash === block.hash).map(cosignatureOf(bank.id)),
      leaves: block.leaves.toString("base64url"),
      names: rowNames(block),
      // oxlint-disable-next-line no-await-in-loop -- one after the other, beside the bank's own work
      rows: await textsNow(db, block),
    });
  }
  return { bank: bank.id, blocks: exported, next: await nextAfter(db, blocks) };
}

function cosignatureOf(bank: string) {
  return ({ bank: by, hash, number, proof }: CosignatureRow) => ({
    statement: { kind: "audit-cosign" as const, by, bank, number: Number(number), hash },
    proof: { ...proof, path: [...proof.path] },
  });
}
