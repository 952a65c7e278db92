import type { Every, PlannedTransfer, Refusal, TransferView } from "@pacto/contract";
import type { Bank, StaffContext } from "../context.ts";
import { withTransaction } from "../database/transaction.ts";
import { engineRefusal } from "../ledger/engine/engine-refusal.ts";
import type { StaffActor } from "../staff/actor.ts";
import { createTransfer } from "../transfers/create-transfer.ts";
import { RefusalError } from "../trpc.ts";
import { dueAt } from "./due-at.ts";

/** Keys of occurrences belong to the plans: whichever process begins one, it is the same one. */
const SCOPE = "transfer-plans";
/** While one process works on an occurrence, no other one takes it. */
const CLAIM = "30 seconds";
const WAIT_MS = 5_000;
const DUE_MAX = 16;
const BACKOFF_BASE_MS = 2_000;
const BACKOFF_CAP_MS = 5 * 60_000;
const STILL_OPEN_MS = 1_000;

interface Due {
  readonly planId: string;
  readonly number: number;
  readonly attempt: number;
  readonly retryUntil: Date;
  readonly request: PlannedTransfer;
  readonly actor: StaffActor;
  readonly planStatus: string;
}

const CLAIM_DUE = `WITH due AS (
    SELECT plan_id, number FROM transfer_occurrence WHERE wake_at <= now()
     ORDER BY wake_at LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED
  )
  UPDATE transfer_occurrence o SET wake_at = now() + interval '${CLAIM}'
    FROM due JOIN transfer_plan p ON p.id = due.plan_id
   WHERE o.plan_id = due.plan_id AND o.number = due.number
  RETURNING o.plan_id AS "planId", o.number, o.attempt, o.retry_until AS "retryUntil",
            p.request, p.actor, p.status AS "planStatus"`;

/** Begins every occurrence that is due; says whether there was any. */
export async function runDuePlans(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<Due>(CLAIM_DUE);
  await Promise.all(rows.map((due) => runOne(bank, due)));
  return rows.length > 0;
}

/**
 * Exactly once: the key names plan, occurrence and attempt, and the attempt rises only after the
 * one before is known to have been aborted. Whatever is not known is asked for again by the same
 * key, so a crash at any point repeats nothing.
 */
async function runOne(bank: Bank, due: Due): Promise<void> {
  if (due.planStatus !== "active" && due.attempt === 1) return finish(bank, due, "cancelled");
  if (due.attempt === 1 && due.retryUntil.getTime() < Date.now()) {
    return finish(bank, due, "failed", { code: "retry-window-over", details: {} });
  }
  const outcome = await attempt(bank, due);
  if (outcome.kind === "unknown") return sleepUntil(bank, due, STILL_OPEN_MS);
  if (outcome.kind === "done") return finish(bank, due, "done", null, outcome.transferId);
  const backoff = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(due.attempt, 16));
  const isOver = Date.now() + backoff > due.retryUntil.getTime();
  if (isOver || due.planStatus !== "active") {
    return finish(bank, due, "failed", outcome.refusal, outcome.transferId);
  }
  await bank.pools.recovery.query(
    `UPDATE transfer_occurrence
        SET attempt = attempt + 1, refusal = $4, transfer_id = $5,
            wake_at = now() + $6 * interval '1 millisecond'
      WHERE plan_id = $1 AND number = $2 AND attempt = $3 AND status = 'waiting'`,
    [
      due.planId,
      due.number,
      due.attempt,
      JSON.stringify(outcome.refusal),
      outcome.transferId,
      backoff,
    ],
  );
}

type Outcome =
  | { readonly kind: "done"; readonly transferId: string }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly transferId: string | null }
  | { readonly kind: "unknown" };

async function attempt(bank: Bank, due: Due): Promise<Outcome> {
  const ctx: StaffContext = { bank, actor: due.actor, correlationId: `plan-${due.planId}` };
  const idempotencyKey = `${due.planId}:${due.number}:${due.attempt}`;
  try {
    const input = { ...due.request, idempotencyKey, waitMs: WAIT_MS };
    return outcomeOf(await createTransfer(ctx, input, { scope: SCOPE }));
  } catch (error) {
    if (error instanceof RefusalError) {
      return { kind: "refused", refusal: error.refusal, transferId: null };
    }
    if (engineRefusal(error, { bank: bank.id, isMutation: true }) === undefined) throw error;
    return { kind: "unknown" };
  }
}

function outcomeOf({ id, state, refusal }: TransferView): Outcome {
  if (state === "committed") return { kind: "done", transferId: id };
  if (state !== "aborted") return { kind: "unknown" };
  const why = refusal ?? { code: "presumed-abort", details: {} };
  return { kind: "refused", refusal: why, transferId: id };
}

async function sleepUntil(bank: Bank, due: Due, ms: number): Promise<void> {
  await bank.pools.recovery.query(
    `UPDATE transfer_occurrence SET wake_at = now() + $4 * interval '1 millisecond'
      WHERE plan_id = $1 AND number = $2 AND attempt = $3 AND status = 'waiting'`,
    [due.planId, due.number, due.attempt, ms],
  );
}

interface PlanRow {
  readonly every: Every;
  readonly firstAt: Date;
  readonly occurrences: number | null;
  readonly retryMinutes: number;
  readonly status: string;
}

/** Ends the occurrence and makes the next one, in one transaction: no occurrence is lost or twice. */
async function finish(
  bank: Bank,
  { planId, number }: Due,
  status: "done" | "failed" | "cancelled",
  refusal: Refusal | null = null,
  transferId: string | null = null,
): Promise<void> {
  await withTransaction(bank.pools.recovery, async (tx) => {
    const { rows } = await tx.query<PlanRow>(
      `SELECT every, first_at AS "firstAt", occurrences, retry_minutes AS "retryMinutes", status
         FROM transfer_plan WHERE id = $1 FOR UPDATE`,
      [planId],
    );
    const ended = await tx.query(
      `UPDATE transfer_occurrence
          SET status = $3, wake_at = NULL, transfer_id = $4, refusal = $5
        WHERE plan_id = $1 AND number = $2 AND status = 'waiting'`,
      [planId, number, status, transferId, refusal === null ? null : JSON.stringify(refusal)],
    );
    const [plan] = rows;
    if (plan === undefined || ended.rowCount === 0 || plan.status !== "active") return;
    if (plan.occurrences !== null && number >= plan.occurrences) {
      await tx.query("UPDATE transfer_plan SET status = 'finished' WHERE id = $1", [planId]);
      return;
    }
    const due = dueAt(plan.firstAt, plan.every, number + 1);
    await tx.query(
      `INSERT INTO transfer_occurrence (plan_id, number, due_at, retry_until, wake_at)
       VALUES ($1, $2, $3, $4, $3)`,
      [planId, number + 1, due, new Date(due.getTime() + plan.retryMinutes * 60_000)],
    );
  });
}
