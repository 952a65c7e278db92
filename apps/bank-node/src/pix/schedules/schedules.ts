import {
  addDays,
  type LocalDate,
  nextAttempt,
  saoPauloDate,
  saoPauloInstant,
} from "@pacto/banking";
import type {
  CreatePixScheduleInput,
  PixOccurrence,
  PixRulesView,
  PixScheduleView,
  Refusal,
} from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import type { Tx } from "../../database/transaction.ts";
import { onceInTransaction } from "../../idempotency/once-in-transaction.ts";
import { newId } from "../../new-id.ts";
import type { StaffActor } from "../../staff/actor.ts";
import { RefusalError } from "../../trpc.ts";
import { confirmTarget } from "../orders/confirm-target.ts";
import type { OrderRequest } from "../orders/pay-order.ts";
import { readRules } from "../rules/rules.ts";
import { selectHolder } from "../sql.ts";
import { tellCharge } from "../mandates/tell-charge.ts";

/** A schedule's page shows this many of its occurrences. */
const HAPPENINGS_MAX = 24;

/** The day before, when it can still be cancelled, the staff is told. */
const REMIND_AT_HOUR = 8;

export interface NewSchedule {
  readonly account: string;
  readonly order: OrderRequest;
  readonly every: PixScheduleView["every"];
  readonly firstOn: LocalDate;
  readonly occurrences: number | null;
  /** The charge on a mandate that it pays. */
  readonly charge: { readonly mandateId: string; readonly chargeId: string } | null;
  readonly actor: StaffActor;
}

/** Writes a schedule with its first occurrence; the bank itself pays when it is due. */
export async function insertSchedule(
  tx: Tx,
  rules: PixRulesView,
  { account, order, every, firstOn, occurrences, charge, actor }: NewSchedule,
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO pix_schedule (id, account, request, every, first_on, occurrences, mandate_id,
                               charge_id, actor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, account, JSON.stringify(order), every, firstOn, occurrences],
      ...[charge?.mandateId ?? null, charge?.chargeId ?? null, JSON.stringify(actor)],
    ],
  );
  await insertOccurrence(tx, rules, { schedule: id, number: 1, dueOn: firstOn });
  return id;
}

interface NewOccurrence {
  readonly schedule: string;
  readonly number: number;
  readonly dueOn: LocalDate;
}

export async function insertOccurrence(
  tx: Tx,
  rules: PixRulesView,
  { schedule, number, dueOn }: NewOccurrence,
): Promise<void> {
  const now = new Date();
  const reminder = saoPauloInstant(addDays(dueOn, -1), REMIND_AT_HOUR);
  // Both windows of a day that is over: the run says that it was missed.
  const wakeAt = reminder > now ? reminder : (nextAttempt(dueOn, now, rules) ?? now);
  await tx.query(
    `INSERT INTO pix_occurrence (schedule_id, number, due_on, wake_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [schedule, number, dueOn, wakeAt],
  );
}

/**
 * Orders a PIX for a later day, once or again and again.
 * @throws RefusalError `pix-date-past`, `account-not-found`, or as the payee is not found
 */
export async function createSchedule(
  ctx: StaffContext,
  input: CreatePixScheduleInput,
): Promise<PixScheduleView> {
  const { account, amountCentavos, description, every } = input;
  const { bank } = ctx;
  const firstOn = input.firstOn as LocalDate;
  if (firstOn <= saoPauloDate(new Date())) {
    throw new RefusalError({ code: "pix-date-past", details: {} });
  }
  if ((await selectHolder(bank.pools.api, bank.id, account)) === undefined) {
    throw new RefusalError({ code: "account-not-found", details: { bank: bank.id, account } });
  }
  const order = { ...(await confirmTarget(ctx, account, input.to)), amountCentavos, description };
  const asked = { operation: "pix.schedules.create", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx) => {
    const schedule = await insertSchedule(tx, await readRules(tx), {
      account,
      order,
      every,
      firstOn,
      charge: null,
      actor: ctx.actor,
      occurrences: every === "once" ? 1 : (input.occurrences ?? null),
    });
    const details = { account, every, firstOn, amountCentavos };
    return { answer: { ok: true, value: { id: schedule } }, audit: { subject: schedule, details } };
  });
  return readSchedule(ctx, id);
}

/**
 * Cancels what is due from tomorrow on: today's belongs to the day already.
 * @throws RefusalError `pix-schedule-not-found`, `pix-schedule-ended`, `pix-schedule-due`
 */
export async function cancelSchedule(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string; readonly id: string },
): Promise<PixScheduleView> {
  await onceInTransaction(ctx, { operation: "pix.schedules.cancel", input }, async (tx) => {
    const refusal = await cancelFrom(tx, input.id);
    if (refusal !== null) return { answer: { ok: false, refusal }, audit: null };
    return { answer: { ok: true, value: {} }, audit: { subject: input.id, details: {} } };
  });
  return readSchedule(ctx, input.id);
}

/** Cancels a schedule from tomorrow on; the receiver of a charge is told. */
export async function cancelFrom(tx: Tx, id: string): Promise<Refusal | null> {
  const { rows } = await tx.query<{ status: string; every: string }>(
    "SELECT status, every FROM pix_schedule WHERE id = $1 FOR UPDATE",
    [id],
  );
  const [schedule] = rows;
  if (schedule === undefined) return { code: "pix-schedule-not-found", details: {} };
  if (schedule.status !== "active") return { code: "pix-schedule-ended", details: {} };
  const tomorrow = addDays(saoPauloDate(new Date()), 1);
  const cancelled = await tx.query(
    `UPDATE pix_occurrence SET status = 'cancelled', wake_at = NULL
      WHERE schedule_id = $1 AND status = 'waiting' AND due_on >= $2`,
    [id, tomorrow],
  );
  if (cancelled.rowCount === 0 && schedule.every === "once") {
    return { code: "pix-schedule-due", details: {} };
  }
  const ended = await tx.query<{ mandateId: string | null; chargeId: string | null }>(
    `UPDATE pix_schedule SET status = 'cancelled' WHERE id = $1
     RETURNING mandate_id AS "mandateId", charge_id AS "chargeId"`,
    [id],
  );
  const [row] = ended.rows;
  if (row?.mandateId && row.chargeId) {
    await tellCharge(tx, { id: row.mandateId, charge: row.chargeId, state: "cancelled" });
  }
  return null;
}

interface ScheduleRow {
  readonly id: string;
  readonly account: string;
  readonly request: OrderRequest;
  readonly every: PixScheduleView["every"];
  readonly firstOn: string;
  readonly occurrences: number | null;
  readonly status: PixScheduleView["status"];
  readonly mandateId: string | null;
  readonly createdAt: Date;
  readonly happenings: readonly PixOccurrence[] | null;
}

const SELECT = `SELECT s.id, s.account, s.request, s.every, s.first_on::text AS "firstOn",
    s.occurrences, s.status, s.mandate_id AS "mandateId", s.created_at AS "createdAt",
    (SELECT jsonb_agg(jsonb_build_object(
       'number', o.number, 'dueOn', o.due_on::text, 'status', o.status, 'attempt', o.attempt,
       'nextAt', to_char(o.wake_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'transactionId', o.transaction_id, 'endToEndId', o.end_to_end_id, 'refusal', o.refusal)
         ORDER BY o.number DESC)
       FROM (SELECT * FROM pix_occurrence WHERE schedule_id = s.id
              ORDER BY number DESC LIMIT ${HAPPENINGS_MAX}) o) AS happenings
  FROM pix_schedule s`;

/** Throws RefusalError `pix-schedule-not-found`. */
export async function readSchedule(ctx: StaffContext, id: string): Promise<PixScheduleView> {
  const { rows } = await ctx.bank.pools.api.query<ScheduleRow>(`${SELECT} WHERE s.id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) {
    throw new RefusalError({ code: "pix-schedule-not-found", details: {} });
  }
  return viewSchedule(row);
}

interface ListSchedules {
  readonly account?: string | undefined;
  readonly activeOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Ordered PIX of this bank's accounts, newest first. */
export async function listSchedules(ctx: StaffContext, input: ListSchedules) {
  const { rows } = await ctx.bank.pools.api.query<ScheduleRow>(
    `${SELECT} WHERE ($1::text IS NULL OR s.account = $1)
                 AND (NOT $2::bool OR s.status = 'active') AND ($3::uuid IS NULL OR s.id < $3)
      ORDER BY s.id DESC LIMIT $4`,
    [input.account ?? null, input.activeOnly, input.cursor ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  return {
    schedules: page.map(viewSchedule),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function viewSchedule({ request, createdAt, happenings, ...row }: ScheduleRow): PixScheduleView {
  const { key, bank, account, nameMasked, amountCentavos, description } = request;
  return {
    ...row,
    payee: { key, bank, account, nameMasked },
    amountCentavos,
    description,
    createdAt: createdAt.toISOString(),
    happenings: [...(happenings ?? [])],
  };
}
