import type { HeuristicRequestView } from "@pacto/contract";
import { withTransaction } from "../database/transaction.ts";
import { auditedStaff, writeAudit } from "../audit/audited.ts";
import type { StaffContext } from "../context.ts";
import { sqlStateOf } from "../database/conflicts.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { selectBranch } from "../transfers/sql.ts";
import { RefusalError } from "../trpc.ts";
import { whoCanTell } from "./who-can-tell.ts";

const UNIQUE_VIOLATION = "23505";
const RESTRICT_VIOLATION = "23001";
const REQUESTS_MAX = 200;

interface RequestRow {
  readonly id: string;
  readonly transactionId: string;
  readonly outcome: "commit" | "abort";
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly status: "open" | "done" | "withdrawn";
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

/** As every approval, a request to force a branch counts for a day. */
const IS_OVER = "requested_at <= now() - interval '24 hours'";

const COLUMNS = `id, transaction_id AS "transactionId", outcome, reason,
  requested_by AS "requestedBy", requested_at AS "requestedAt", status,
  decided_by AS "decidedBy", decided_at AS "decidedAt"`;

function viewRequest(row: RequestRow): HeuristicRequestView {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

interface HeuristicRequest {
  readonly transactionId: string;
  readonly outcome: "commit" | "abort";
  readonly reason: string;
}

/**
 * The first of two persons asks to force a branch in doubt (R32). Refused while anybody can still
 * tell the outcome. Throws RefusalError `not-in-doubt`, `truth-available` or `request-open`.
 */
export async function requestHeuristic(
  ctx: StaffContext,
  input: HeuristicRequest,
): Promise<HeuristicRequestView> {
  await demandNoTruth(ctx, input.transactionId);
  const scope = actorScope(ctx.actor);
  try {
    const row = await withTransaction(ctx.bank.pools.api, async (tx) => {
      // What nobody decided in time makes room.
      await tx.query(
        `UPDATE heuristic_request SET status = 'withdrawn', decided_at = now()
          WHERE transaction_id = $1 AND status = 'open' AND ${IS_OVER}`,
        [input.transactionId],
      );
      const { rows } = await tx.query<RequestRow>(
        `INSERT INTO heuristic_request (id, transaction_id, outcome, reason, requested_by)
         VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
        [newId(), input.transactionId, input.outcome, input.reason, scope],
      );
      await writeAudit(tx, {
        ...auditedStaff(ctx),
        action: "heuristic.request",
        subject: input.transactionId,
        transactionId: input.transactionId,
        details: { outcome: input.outcome, reason: input.reason },
      });
      return rows[0];
    });
    if (row === undefined) throw new Error("the request was not written");
    return viewRequest(row);
  } catch (error) {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
    throw new RefusalError({ code: "request-open", details: { id: input.transactionId } });
  }
}

/**
 * Another person agrees or turns it down; agreeing applies the outcome here, in a state of its
 * own that is never taken for the consortium's decision, and closes the request with it in one
 * database transaction. Whether the truth can be had is checked again.
 * Throws RefusalError `request-not-open`, `own-request`, `not-in-doubt`, `truth-available`.
 */
export async function decideHeuristic(
  ctx: StaffContext,
  input: { readonly id: string; readonly approve: boolean },
): Promise<HeuristicRequestView> {
  const request = await openRequest(ctx, input.id);
  if (input.approve) await approve(ctx, request);
  else await turnDown(ctx, request);
  const { rows } = await ctx.bank.pools.api.query<RequestRow>(
    `SELECT ${COLUMNS} FROM heuristic_request WHERE id = $1`,
    [input.id],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("a decided request is gone");
  return viewRequest(row);
}

async function approve(ctx: StaffContext, request: RequestRow): Promise<void> {
  const { id, transactionId, outcome, requestedBy } = request;
  const scope = actorScope(ctx.actor);
  if (requestedBy === scope) throw new RefusalError({ code: "own-request", details: {} });
  await demandNoTruth(ctx, transactionId);
  const isApplied = await ctx.bank.commit
    .decideHeuristically(transactionId, outcome, (set) => {
      set.extras.push({
        name: "approve-heuristic-request",
        text: "SELECT approve_heuristic_request($1, $2)",
        values: [id, scope],
      });
      set.audit({
        ...auditedStaff(ctx),
        action: "heuristic.done",
        subject: transactionId,
        transactionId,
        details: { outcome, requestedBy },
      });
    })
    .catch((error: unknown) => {
      if (sqlStateOf(error) !== RESTRICT_VIOLATION) throw error;
      throw new RefusalError({ code: "request-not-open", details: {} }, error);
    });
  if (isApplied) return;
  throw new RefusalError({
    code: "not-in-doubt",
    details: { id: transactionId, bank: ctx.bank.id },
  });
}

async function turnDown(ctx: StaffContext, request: RequestRow): Promise<void> {
  const { id, transactionId, outcome, requestedBy } = request;
  const isTurnedDown = await withTransaction(ctx.bank.pools.api, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE heuristic_request SET status = 'withdrawn', decided_by = $2, decided_at = now()
        WHERE id = $1 AND status = 'open'`,
      [id, actorScope(ctx.actor)],
    );
    if (rowCount !== 1) return false;
    await writeAudit(tx, {
      ...auditedStaff(ctx),
      action: "heuristic.withdrawn",
      subject: transactionId,
      transactionId,
      details: { outcome, requestedBy },
    });
    return true;
  });
  if (!isTurnedDown) throw new RefusalError({ code: "request-not-open", details: {} });
}

/** Newest first. */
export async function listHeuristicRequests(
  ctx: StaffContext,
  transactionId?: string,
): Promise<HeuristicRequestView[]> {
  const { rows } = await ctx.bank.pools.api.query<RequestRow>(
    `SELECT ${COLUMNS} FROM heuristic_request
      WHERE $1::uuid IS NULL OR transaction_id = $1 ORDER BY id DESC LIMIT ${REQUESTS_MAX}`,
    [transactionId ?? null],
  );
  return rows.map(viewRequest);
}

async function openRequest(ctx: StaffContext, id: string): Promise<RequestRow> {
  const { rows } = await ctx.bank.pools.api.query<RequestRow & { readonly isOver: boolean }>(
    `SELECT ${COLUMNS}, ${IS_OVER} AS "isOver" FROM heuristic_request
      WHERE id = $1 AND status = 'open'`,
    [id],
  );
  const row = rows[0];
  if (row === undefined) throw new RefusalError({ code: "request-not-open", details: {} });
  if (row.isOver) throw new RefusalError({ code: "approval-expired", details: {} });
  return row;
}

/** Refuses unless the branch is in doubt and nobody can tell the outcome now (R32). */
async function demandNoTruth(ctx: StaffContext, id: string): Promise<void> {
  const row = await selectBranch(ctx.bank.pools.api, id);
  const record = row?.record;
  if (record?.state !== "prepared" || record.descriptor === null) {
    throw new RefusalError({ code: "not-in-doubt", details: { id, bank: ctx.bank.id } });
  }
  const knowing = await whoCanTell(ctx.bank, record);
  if (knowing.length === 0) return;
  const banks = knowing.join(", ");
  throw new RefusalError({ code: "truth-available", details: { id, banks } });
}
