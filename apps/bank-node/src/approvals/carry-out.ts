import type { Refusal } from "@pacto/contract";
import { auditedNode, writeAudit } from "../audit/audited.ts";
import type { Bank, StaffContext } from "../context.ts";
import { withTransaction } from "../database/transaction.ts";
import type { ItemOutcome } from "../jobs/job-kinds.ts";
import { engineRefusal } from "../ledger/engine/engine-refusal.ts";
import { RefusalError } from "../trpc.ts";
import { execute } from "./kinds.ts";
import { type ApprovalRow, requestOf, SELECT_APPROVAL } from "./stored.ts";

const AGAIN_AFTER = "2 seconds";
const CLAIM_DUE = `UPDATE approval SET wake_at = now() + interval '30 seconds'
  WHERE id = (SELECT id FROM approval WHERE wake_at <= now() ORDER BY wake_at LIMIT 1
                 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

/** Takes up one approved request that nobody has finished; says whether there was one. */
export async function runDueApprovals(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<{ id: string }>(CLAIM_DUE);
  const [due] = rows;
  if (due === undefined) return false;
  await carryOut(bank, due.id);
  return true;
}

/**
 * Does what was approved, exactly once: its key is the request's id, so doing it again after a
 * crash finds what was done. A refusal is recorded; what is not known yet is looked at again.
 */
export async function carryOut(bank: Bank, id: string): Promise<void> {
  const { rows } = await bank.pools.recovery.query<ApprovalRow>(
    `${SELECT_APPROVAL} WHERE id = $1 AND status = 'approved'`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return;
  const ctx: StaffContext = {
    bank,
    actor: row.maker,
    correlationId: `approval-${id}`,
    approval: { id },
  };
  const outcome = await attempt(ctx, row);
  if (outcome.status === "waiting") {
    await bank.pools.recovery.query(
      `UPDATE approval SET wake_at = now() + interval '${AGAIN_AFTER}'
        WHERE id = $1 AND status = 'approved'`,
      [id],
    );
    return;
  }
  const refusal = outcome.status === "failed" ? outcome.refusal : null;
  await settle(bank, row, { subject: outcome.subject, refusal });
}

async function attempt(ctx: StaffContext, row: ApprovalRow): Promise<ItemOutcome> {
  try {
    return await execute(ctx, requestOf(row), row.id);
  } catch (error) {
    if (error instanceof RefusalError) {
      return { status: "failed", refusal: error.refusal, subject: null };
    }
    if (engineRefusal(error, { bank: ctx.bank.id, isMutation: true }) === undefined) throw error;
    return { status: "waiting" };
  }
}

interface Result {
  readonly subject: string | null;
  readonly refusal: Refusal | null;
}

async function settle(bank: Bank, row: ApprovalRow, result: Result): Promise<void> {
  const status = result.refusal === null ? "executed" : "refused";
  await withTransaction(bank.pools.recovery, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE approval SET status = $2, wake_at = NULL, result = $3
        WHERE id = $1 AND status = 'approved'`,
      [row.id, status, JSON.stringify(result)],
    );
    if (rowCount === 0) return;
    await writeAudit(tx, {
      ...auditedNode(bank.id, row.decidedBy ?? "node"),
      action: `approvals.${status}`,
      subject: row.id,
      transactionId: null,
      details: result,
    });
  });
}
