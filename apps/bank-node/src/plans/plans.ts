import type { CreatePlanInput, OccurrenceView, PlannedTransfer, PlanView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { splitIntoBranches } from "../transfers/split-into-branches.ts";
import { RefusalError } from "../trpc.ts";

const MINUTE_MS = 60_000;
/** A plan's page shows this many of its occurrences. */
const HAPPENINGS_MAX = 24;

/**
 * Plans a transfer for later, once or again and again; the bank itself begins it when it is due.
 * Throws RefusalError for a transfer that makes no sense whenever it is made.
 */
export async function createPlan(ctx: StaffContext, input: CreatePlanInput): Promise<PlanView> {
  const members = new Set(ctx.bank.manifest.members.map(({ id }) => id));
  const split = splitIntoBranches(input.transfer, members, input.transfer.purpose);
  if (!split.ok) throw new RefusalError(split.refusal);
  const plan = await onceInTransaction(ctx, { operation: "plans.create", input }, async (tx) => {
    const id = newId();
    const { transfer, every, firstAt, retryMinutes } = input;
    const createdBy = actorScope(ctx.actor);
    const occurrences = every === "once" ? 1 : (input.occurrences ?? null);
    await tx.query(
      `INSERT INTO transfer_plan
              (id, request, every, first_at, occurrences, retry_minutes, actor, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        JSON.stringify(transfer),
        every,
        firstAt,
        occurrences,
        retryMinutes,
        JSON.stringify(ctx.actor),
        createdBy,
      ],
    );
    await tx.query(
      `INSERT INTO transfer_occurrence (plan_id, number, due_at, retry_until, wake_at)
       VALUES ($1, 1, $2, $3, $2)`,
      [id, firstAt, new Date(Date.parse(firstAt) + retryMinutes * MINUTE_MS)],
    );
    const details = { every, firstAt, occurrences };
    return { answer: { ok: true, value: { id } } as const, audit: { subject: id, details } };
  });
  return getPlan(ctx, plan);
}

/**
 * Cancels what has not begun. An occurrence that is under way is finished: its outcome may be known
 * elsewhere already. Throws RefusalError `plan-not-found` or `plan-not-active`.
 */
export async function cancelPlan(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string; readonly id: string },
): Promise<PlanView> {
  await onceInTransaction(ctx, { operation: "plans.cancel", input }, async (tx) => {
    const { rows } = await tx.query<{ status: string }>(
      "SELECT status FROM transfer_plan WHERE id = $1 FOR UPDATE",
      [input.id],
    );
    const status = rows[0]?.status;
    if (status === undefined) return { answer: refused("plan-not-found"), audit: null };
    if (status !== "active") return { answer: refused("plan-not-active"), audit: null };
    await tx.query("UPDATE transfer_plan SET status = 'cancelled' WHERE id = $1", [input.id]);
    const answer = { ok: true, value: { id: input.id } } as const;
    return { answer, audit: { subject: input.id, details: {} } };
  });
  return getPlan(ctx, input);
}

const WITH_HAPPENINGS = {
  happenings: { orderBy: { number: "desc" }, take: HAPPENINGS_MAX },
} as const;

/** Throws RefusalError `plan-not-found`. */
export async function getPlan(ctx: StaffContext, input: { readonly id: string }) {
  const row = await ctx.bank.prisma.transferPlan.findUnique({
    where: { id: input.id },
    include: WITH_HAPPENINGS,
  });
  if (row === null) throw new RefusalError({ code: "plan-not-found", details: {} });
  return viewPlan(row);
}

interface ListPlans {
  readonly activeOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Plans of this bank, newest first. */
export async function listPlans(ctx: StaffContext, input: ListPlans) {
  const rows = await ctx.bank.prisma.transferPlan.findMany({
    where: {
      ...(input.activeOnly ? { status: "active" } : {}),
      ...(input.cursor === undefined ? {} : { id: { lt: input.cursor } }),
    },
    include: WITH_HAPPENINGS,
    orderBy: { id: "desc" },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  return {
    plans: page.map(viewPlan),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

interface PlanRow {
  readonly id: string;
  readonly request: unknown;
  readonly every: string;
  readonly firstAt: Date;
  readonly occurrences: number | null;
  readonly retryMinutes: number;
  readonly status: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly happenings: readonly {
    readonly number: number;
    readonly dueAt: Date;
    readonly status: string;
    readonly attempt: number;
    readonly transferId: string | null;
    readonly refusal: unknown;
  }[];
}

function viewPlan(row: PlanRow): PlanView {
  return {
    id: row.id,
    transfer: row.request as PlannedTransfer,
    every: row.every as PlanView["every"],
    firstAt: row.firstAt.toISOString(),
    occurrences: row.occurrences,
    retryMinutes: row.retryMinutes,
    status: row.status as PlanView["status"],
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    happenings: row.happenings.map((one): OccurrenceView => ({
      number: one.number,
      dueAt: one.dueAt.toISOString(),
      status: one.status as OccurrenceView["status"],
      attempt: one.attempt,
      transferId: one.transferId,
      refusal: one.refusal as OccurrenceView["refusal"],
    })),
  };
}
