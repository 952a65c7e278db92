import type { JobItemView, JobView, PlannedTransfer } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";

export interface NewJob {
  readonly id: string;
  /** One of `jobKinds`. */
  readonly kind: string;
  readonly label: string;
  readonly payloads: readonly unknown[];
}

/** Writes a job that some process of this bank will do, in the caller's transaction. */
export async function insertJob(tx: Tx, ctx: StaffContext, job: NewJob): Promise<void> {
  await tx.query(
    `INSERT INTO job (id, kind, label, actor, created_by, wake_at)
     VALUES ($1, $2, $3, $4, $5, now())`,
    [job.id, job.kind, job.label, JSON.stringify(ctx.actor), actorScope(ctx.actor)],
  );
  await tx.query(
    `INSERT INTO job_item (job_id, position, payload)
     SELECT $1, at, payload
       FROM unnest($2::jsonb[]) WITH ORDINALITY AS items (payload, at)`,
    [job.id, job.payloads.map((payload) => JSON.stringify(payload))],
  );
}

interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly status: JobView["status"];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

const SELECT = `SELECT j.id, j.kind, j.label, j.status, j.created_by AS "createdBy",
       j.created_at AS "createdAt", j.ended_at AS "endedAt", i.total, i.done, i.failed
  FROM job j, LATERAL (
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE status = 'done'))::int AS done,
           (count(*) FILTER (WHERE status = 'failed'))::int AS failed
      FROM job_item WHERE job_id = j.id) i`;

function viewJob({ createdAt, endedAt, ...row }: JobRow): JobView {
  const finished = row.done + row.failed;
  return {
    ...row,
    percent: row.total === 0 ? 100 : Math.floor((finished * 100) / row.total),
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** A job with what became of each item so far. Throws RefusalError `job-not-found`. */
export async function getJob(ctx: StaffContext, input: { readonly id: string }) {
  const { rows } = await ctx.bank.pools.api.query<JobRow>(`${SELECT} WHERE j.id = $1`, [input.id]);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "job-not-found", details: {} });
  const isImport = row.kind === "transfers.import";
  const items = await ctx.bank.prisma.jobItem.findMany({
    where: { jobId: input.id },
    orderBy: { position: "asc" },
    select: { position: true, status: true, result: true, payload: isImport },
  });
  return {
    job: viewJob(row),
    items: items.map(({ position, status, result, payload }): JobItemView => {
      const { subject = null, refusal = null } = (result ?? {}) as Partial<JobItemView>;
      const transfer = isImport ? (payload as unknown as PlannedTransfer) : null;
      return { position, status: status as JobItemView["status"], subject, refusal, transfer };
    }),
  };
}

interface ListJobs {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Long work of this bank, newest first. */
export async function listJobs(ctx: StaffContext, { limit, cursor }: ListJobs) {
  const { rows } = await ctx.bank.pools.api.query<JobRow>(
    `${SELECT} WHERE ($1::uuid IS NULL OR j.id < $1) ORDER BY j.id DESC LIMIT $2`,
    [cursor ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    jobs: page.map(viewJob),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/**
 * Stops a job between two items: what was done stays, what waits is not begun. Who only reads may
 * stop what only reads. Throws RefusalError `job-not-found`, `job-ended` or `not-allowed`.
 */
export async function cancelJob(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string; readonly id: string },
): Promise<JobView> {
  await onceInTransaction(ctx, { operation: "jobs.cancel", input }, async (tx) => {
    const { rows } = await tx.query<{ status: string; kind: string }>(
      "SELECT status, kind FROM job WHERE id = $1 FOR UPDATE",
      [input.id],
    );
    const { status, kind } = rows[0] ?? {};
    if (status === undefined) return { answer: refused("job-not-found"), audit: null };
    if (!mayCancel(ctx, kind ?? "")) return { answer: refused("not-allowed"), audit: null };
    if (status !== "running") return { answer: refused("job-ended"), audit: null };
    await tx.query(
      "UPDATE job SET status = 'cancelled', ended_at = now(), wake_at = NULL WHERE id = $1",
      [input.id],
    );
    return { answer: { ok: true, value: {} }, audit: { subject: input.id, details: {} } };
  });
  return (await getJob(ctx, input)).job;
}

function mayCancel({ actor: { roles } }: StaffContext, kind: string): boolean {
  return roles.includes("teller") || roles.includes("supervisor") || kind.startsWith("exports.");
}
