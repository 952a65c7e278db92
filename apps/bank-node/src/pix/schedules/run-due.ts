import { addDays, type LocalDate, nextAttempt, occurrenceDate, saoPauloDate } from "@pacto/banking";
import type { PixRulesView, PixScheduleView, Refusal } from "@pacto/contract";
import type { Bank, StaffContext } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { notify } from "../../notifications/notify.ts";
import type { StaffActor } from "../../staff/actor.ts";
import { tellCharge } from "../mandates/tell-charge.ts";
import { type OrderRequest, payOrder, wasBegun } from "../orders/pay-order.ts";
import { readRules } from "../rules/rules.ts";
import { insertOccurrence } from "./schedules.ts";

/** While one process works on an occurrence, no other one takes it. */
const CLAIM = "30 seconds";
const DUE_MAX = 16;
const STILL_OPEN_MS = 1_000;
const MINUTE_MS = 60_000;

interface Due {
  readonly schedule: string;
  readonly number: number;
  readonly attempt: number;
  readonly dueOn: LocalDate;
  readonly account: string;
  readonly request: OrderRequest;
  readonly actor: StaffActor;
  readonly mandateId: string | null;
  readonly chargeId: string | null;
}

const CLAIM_DUE = `WITH due AS (
    SELECT schedule_id, number FROM pix_occurrence WHERE wake_at <= now()
     ORDER BY wake_at LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED
  )
  UPDATE pix_occurrence o SET wake_at = now() + interval '${CLAIM}'
    FROM due JOIN pix_schedule s ON s.id = due.schedule_id
   WHERE o.schedule_id = due.schedule_id AND o.number = due.number
  RETURNING s.id AS schedule, o.number, o.attempt, o.due_on::text AS "dueOn", s.account, s.request,
            s.actor, s.mandate_id AS "mandateId", s.charge_id AS "chargeId"`;

/** Attempts every PIX that is due; says whether there was any. */
export async function runDueSchedules(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<Due>(CLAIM_DUE);
  if (rows.length === 0) return false;
  const rules = await readRules(bank.pools.recovery);
  await Promise.all(rows.map((due) => runOne(bank, rules, due)));
  return true;
}

/**
 * Exactly once: the key names schedule, occurrence and attempt, and the attempt rises only after
 * the one before is known to have moved nothing. What was begun is asked about at any hour; what
 * was not is begun in the windows of its day alone.
 */
async function runOne(bank: Bank, rules: PixRulesView, due: Due): Promise<void> {
  const ctx: StaffContext = { bank, actor: due.actor, correlationId: `pix-${due.schedule}` };
  const key = `${due.schedule}:${due.number}:${due.attempt}`;
  const now = new Date();
  if (!(await wasBegun(ctx, key))) {
    const at = nextAttempt(due.dueOn, now, rules);
    if (at === null) {
      return finish(bank, rules, due, { status: "failed", refusal: missed() });
    }
    if (at > now && addDays(saoPauloDate(now), 1) === due.dueOn) return remind(bank, due, at);
    if (at > now) return sleepUntil(bank, due, at);
  }
  const outcome = await payOrder(ctx, due.request, { fromAccount: due.account, key });
  if (outcome.kind === "unknown") {
    return sleepUntil(bank, due, new Date(now.getTime() + STILL_OPEN_MS));
  }
  const { transactionId } = outcome;
  if (outcome.kind === "paid") {
    const { endToEndId } = outcome;
    return finish(bank, rules, due, { status: "done", transactionId, endToEndId });
  }
  const { refusal } = outcome;
  const after = new Date(now.getTime() + rules.retryMinutes * MINUTE_MS);
  const again = nextAttempt(due.dueOn, after, rules);
  if (again === null) {
    return finish(bank, rules, due, { status: "failed", refusal, transactionId });
  }
  await bank.pools.recovery.query(
    `UPDATE pix_occurrence SET attempt = attempt + 1, refusal = $4, transaction_id = $5, wake_at = $6
      WHERE schedule_id = $1 AND number = $2 AND attempt = $3 AND status = 'waiting'`,
    [due.schedule, due.number, due.attempt, JSON.stringify(refusal), transactionId, again],
  );
}

function missed(): Refusal {
  return { code: "retry-window-over", details: {} };
}

/** Once: whoever looks after that finds it asleep until its day. */
async function remind(bank: Bank, due: Due, at: Date): Promise<void> {
  const { schedule, number, attempt, account, request } = due;
  await withTransaction(bank.pools.recovery, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE pix_occurrence SET wake_at = $4
        WHERE schedule_id = $1 AND number = $2 AND attempt = $3 AND status = 'waiting'
          AND wake_at < $4`,
      [schedule, number, attempt, at],
    );
    if (rowCount === 0) return;
    const { amountCentavos, bank: payeeBank, account: payee } = request;
    const details = { amountCentavos, bank: payeeBank, payee, refusal: null };
    await notify(tx, { kind: "schedule-tomorrow", subject: schedule, account, details });
  });
}

async function sleepUntil(bank: Bank, due: Due, at: Date): Promise<void> {
  await bank.pools.recovery.query(
    `UPDATE pix_occurrence SET wake_at = $4
      WHERE schedule_id = $1 AND number = $2 AND attempt = $3 AND status = 'waiting'`,
    [due.schedule, due.number, due.attempt, at],
  );
}

interface Ending {
  readonly status: "done" | "failed";
  readonly refusal?: Refusal;
  readonly transactionId?: string | null;
  readonly endToEndId?: string;
}

interface SeriesRow {
  readonly every: PixScheduleView["every"];
  readonly firstOn: LocalDate;
  readonly occurrences: number | null;
  readonly status: string;
}

/** Ends the occurrence, makes the next one, and tells whom it concerns, in one transaction. */
async function finish(bank: Bank, rules: PixRulesView, due: Due, end: Ending): Promise<void> {
  const { schedule, number, account, request } = due;
  const { status, refusal = null, transactionId = null, endToEndId = null } = end;
  await withTransaction(bank.pools.recovery, async (tx) => {
    const { rows } = await tx.query<SeriesRow>(
      `SELECT every, first_on::text AS "firstOn", occurrences, status
         FROM pix_schedule WHERE id = $1 FOR UPDATE`,
      [schedule],
    );
    const ended = await tx.query(
      `UPDATE pix_occurrence
          SET status = $3, wake_at = NULL, transaction_id = $4, end_to_end_id = $5, refusal = $6
        WHERE schedule_id = $1 AND number = $2 AND status = 'waiting'`,
      [
        ...[schedule, number, status, transactionId, endToEndId],
        refusal === null ? null : JSON.stringify(refusal),
      ],
    );
    const [series] = rows;
    if (series === undefined || ended.rowCount === 0) return;
    await notify(tx, {
      kind: status === "done" ? "schedule-paid" : "schedule-failed",
      subject: schedule,
      account,
      details: {
        amountCentavos: request.amountCentavos,
        bank: request.bank,
        payee: request.account,
        refusal: refusal?.code ?? null,
      },
    });
    if (due.mandateId !== null && due.chargeId !== null) {
      const state = status === "done" ? "paid" : "failed";
      const told = { id: due.mandateId, charge: due.chargeId, state, refusal, endToEndId } as const;
      await tellCharge(tx, told);
    }
    if (series.status !== "active") return;
    if (series.occurrences !== null && number >= series.occurrences) {
      await tx.query("UPDATE pix_schedule SET status = 'finished' WHERE id = $1", [schedule]);
      return;
    }
    const dueOn = occurrenceDate(series.firstOn, series.every, number + 1);
    await insertOccurrence(tx, rules, { schedule, number: number + 1, dueOn });
  });
}
