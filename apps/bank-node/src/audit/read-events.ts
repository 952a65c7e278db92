import type { AuditEventView, AuditFilter, ListAudit } from "@pacto/contract";
import { stringify } from "csv-stringify/sync";
import type { StaffContext } from "../context.ts";
import { maskDetails } from "./mask-details.ts";

/** Lines of one file. */
const LINES_MAX = 5_000;

interface EventRow {
  readonly id: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly actorBank: string;
  readonly roles: string;
  readonly session: string | null;
  readonly address: string | null;
  readonly correlationId: string | null;
  readonly action: string;
  readonly subject: string;
  readonly transactionId: string | null;
  readonly details: unknown;
}

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What was done at this bank, newest first. */
export async function listEvents(
  ctx: StaffContext,
  filter: AuditFilter,
  { limit, cursor }: Page,
): Promise<ListAudit> {
  const { rows } = await ctx.bank.pools.api.query<EventRow>(
    `SELECT id, at, actor, actor_bank AS "actorBank", roles, session, address,
            correlation_id AS "correlationId", action, subject,
            transaction_id AS "transactionId", details
       FROM audit_event
      WHERE ($1::text IS NULL OR strpos(actor, $1) > 0)
        AND ($2::text IS NULL OR starts_with(action, $2))
        AND ($3::text IS NULL OR actor_bank = $3)
        AND ($4::text IS NULL OR subject = $4 OR transaction_id::text = $4)
        AND ($5::timestamptz IS NULL OR at >= $5)
        AND ($6::timestamptz IS NULL OR at <= $6)
        AND ($7::text IS NULL OR strpos(lower(details::text), lower($7)) > 0)
        AND ($8::bigint IS NULL OR id < $8)
      ORDER BY id DESC LIMIT $9`,
    [
      ...[filter.actor ?? null, filter.action ?? null, filter.bank ?? null],
      ...[filter.subject ?? null, filter.from ?? null, filter.to ?? null, filter.text ?? null],
      ...[cursor ?? null, limit + 1],
    ],
  );
  const page = rows.slice(0, limit);
  return {
    bank: ctx.bank.id,
    events: page.map(viewEvent),
    nextCursor: rows.length > limit ? String(page.at(-1)?.id ?? "") : null,
  };
}

function viewEvent({ id, at, roles, details, ...row }: EventRow): AuditEventView {
  return {
    ...row,
    id: String(id),
    at: at.toISOString(),
    roles: roles === "" ? [] : roles.split(" "),
    // Evidence is kept to the letter; its readers need no personal data.
    details: maskDetails(details),
  };
}

/** The events as a file for a spreadsheet. */
export async function exportEvents(ctx: StaffContext, filter: AuditFilter) {
  const { events, nextCursor } = await listEvents(ctx, filter, { limit: LINES_MAX });
  const lines = events.map(({ roles, details, ...event }) => ({
    ...event,
    roles: roles.join(" "),
    details: JSON.stringify(details),
  }));
  return {
    fileName: `${ctx.bank.id}-audit-${new Date().toISOString().slice(0, 10)}.csv`,
    csv: stringify(lines, { header: true, bom: true, escape_formulas: true }),
    lines: lines.length,
    isComplete: nextCursor === null,
  };
}
