import type { DrainOutput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { Pool } from "../database/pools.ts";
import { auditedStaff, writeAudit } from "../audit/audited.ts";
import { withTransaction } from "../database/transaction.ts";

interface DrainRow {
  readonly mode: DrainOutput["mode"];
  /** Batches that may have begun before every process knew of the switch. */
  readonly unaware: number;
  readonly coordinating: number;
  readonly inDoubt: number;
}

/** "Safe to stop?": whether anybody would wait for this bank if its processes ended now. */
export async function readDrain(pool: Pool): Promise<DrainOutput> {
  const { rows } = await pool.query<DrainRow>(
    `SELECT mode,
            (SELECT count(*) FROM pg_stat_activity
              WHERE datname = current_database() AND application_name LIKE '%:engine'
                AND (xact_start <= mode_since OR mode_since = 'infinity'))::int AS unaware,
            (SELECT count(*) FROM global_transaction WHERE wake_at IS NOT NULL AND NOT settled)::int AS coordinating,
            (SELECT count(*) FROM branch WHERE wake_at IS NOT NULL AND state = 'prepared')::int AS "inDoubt"
       FROM bank_state`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error("bank_state has no row");
  const { unaware, ...drain } = row;
  const isOver = drain.coordinating === 0 && drain.inDoubt === 0 && unaware === 0;
  return { ...drain, isSafeToStop: drain.mode === "draining" && isOver };
}

/**
 * No new transfers from here on, at every process of the bank; what is open is finished. Says how
 * much is left.
 */
export async function drain(ctx: StaffContext): Promise<DrainOutput> {
  await switchMode(ctx, "normal", "draining");
  // Only now, with the switch committed, does every batch that begins know of it.
  await ctx.bank.pools.api.query(
    "UPDATE bank_state SET mode_since = clock_timestamp() WHERE mode_since = 'infinity'",
  );
  return readDrain(ctx.bank.pools.api);
}

/** Takes the bank back into service after a drain. */
export async function resume(ctx: StaffContext): Promise<DrainOutput> {
  await switchMode(ctx, "draining", "normal");
  return readDrain(ctx.bank.pools.api);
}

async function switchMode(
  ctx: StaffContext,
  from: DrainOutput["mode"],
  to: DrainOutput["mode"],
): Promise<void> {
  await withTransaction(ctx.bank.pools.api, async (tx) => {
    const { rowCount } = await tx.query(
      "UPDATE bank_state SET mode = $2, mode_since = 'infinity' WHERE mode = $1",
      [from, to],
    );
    if (rowCount === 0) return;
    await writeAudit(tx, {
      ...auditedStaff(ctx),
      action: "operations.mode",
      subject: ctx.bank.id,
      transactionId: null,
      details: { before: { mode: from }, after: { mode: to } },
    });
  });
}
