import {
  AUDIT_HEADS_PAGE,
  type AuditWatchAnswer,
  type AuditWatchItem,
  FAULTS_MAX,
} from "@pacto/contract";
import type { Bank } from "../../context.ts";
import type { Tx } from "../../database/transaction.ts";
import { checkBlock, readBlocks, signedHeadOf, type BlockRow } from "./blocks.ts";
import { raiseAlarm } from "./raise-alarm.ts";
import { type BlockCheck, shareCheck } from "./shared-checks.ts";

/**
 * Shows this bank's chain to a bank that watches it: the heads it lacks, and the blocks it asks
 * about computed again from the rows as they are now. What is found wrong is this bank's alarm too.
 */
export async function answerWatcher(
  bank: Bank,
  watcher: string,
  { known, cosignature, check }: AuditWatchItem,
): Promise<AuditWatchAnswer> {
  const db = bank.pools.recovery;
  if (cosignature !== null) await keepCosignature(bank, watcher, cosignature);
  const base = await newestShared(db, known);
  const { rows } = await db.query<Pick<BlockRow, "head" | "proof">>(
    `SELECT head, proof FROM audit_block WHERE number > $1 ORDER BY number LIMIT $2`,
    [base, AUDIT_HEADS_PAGE],
  );
  return {
    incarnation: bank.incarnation,
    base,
    heads: rows.map(signedHeadOf),
    checks: await checkAll(bank, watcher, check),
  };
}

async function newestShared(db: Tx, known: AuditWatchItem["known"]): Promise<number> {
  const { rows } = await db.query<{ number: bigint }>(
    `SELECT b.number FROM unnest($1::bigint[], $2::text[]) AS known (number, hash)
       JOIN audit_block b ON b.number = known.number AND b.hash = known.hash
      ORDER BY b.number DESC LIMIT 1`,
    [known.map(({ number }) => number), known.map(({ hash }) => hash)],
  );
  return Number(rows[0]?.number ?? 0n);
}

async function checkAll(
  bank: Bank,
  watcher: string,
  numbers: readonly number[],
): Promise<BlockCheck[]> {
  const checks: BlockCheck[] = [];
  for (const number of numbers) {
    const share = { number, watcher };
    // oxlint-disable-next-line no-await-in-loop -- one after the other, beside the bank's own work
    checks.push(await shareCheck(bank, share, () => checkNow(bank, number)));
  }
  return checks;
}

/** The block as its rows are now; what is wrong with it is this bank's alarm too. */
async function checkNow(bank: Bank, number: number): Promise<BlockCheck> {
  const db = bank.pools.recovery;
  const [block] = await readBlocks(db, [number]);
  if (block === undefined) return { number, root: null, faults: [] };
  const { root, faults } = await checkBlock(db, block);
  const named = faults.slice(0, FAULTS_MAX);
  if (root !== block.head.root) {
    const evidence = { signed: signedHeadOf(block), root };
    await raiseAlarm(bank, {
      bank: bank.id,
      code: "rows-changed",
      number,
      faults: named,
      evidence,
    });
  }
  return { number, root, faults: named };
}

/** Kept only when it is the watcher's own signature about a head that this bank has. */
async function keepCosignature(
  { audit, id, pools }: Bank,
  watcher: string,
  { statement, proof }: NonNullable<AuditWatchItem["cosignature"]>,
): Promise<void> {
  const { by, bank, hash, number } = statement;
  if (by !== watcher || bank !== id || !audit.verifier.verify(statement, watcher, proof)) return;
  await pools.recovery.query(
    `INSERT INTO audit_cosignature (hash, bank, number, proof)
     SELECT hash, $2, number, $3 FROM audit_block WHERE number = $4 AND hash = $1
     ON CONFLICT DO NOTHING`,
    [hash, watcher, JSON.stringify(proof), number],
  );
}
