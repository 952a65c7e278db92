import { SESSIONS_MAX, type SessionView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { SESSION_SECONDS } from "../sign-in/sessions.ts";
import { demandOwnStaff, isOwnStaff } from "../staff/demand-own-staff.ts";

interface SessionRow {
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  readonly device: string | null;
  readonly address: string | null;
  readonly factor: SessionView["factor"];
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
  readonly idleUntil: Date;
  readonly endsAt: Date;
}

/** One in which no second factor was given yet is none that anybody could use. */
const OPEN = `
  SELECT s.id, m.id AS "memberId", m.name, s.user_agent AS device, s.ip_address AS address,
         s.factor, s.created_at AS "startedAt", s.updated_at AS "lastUsedAt",
         s.expires_at AS "idleUntil", s.created_at + make_interval(secs => $2) AS "endsAt"
  FROM staff_session s JOIN staff_member m ON m.id = s.user_id
  WHERE ($1::text IS NULL OR m.id = $1) AND s.factor IS NOT NULL
    AND s.expires_at > now() AND s.created_at + make_interval(secs => $2) > now()
  ORDER BY s.created_at DESC, s.id LIMIT $3`;

/**
 * The caller's open sessions, newest first. Sessions are kept by the bank that vouches for the
 * person: another bank's staff has none here, whatever id its bank gave it.
 */
export async function listOwnSessions(ctx: StaffContext): Promise<Sessions> {
  if (!isOwnStaff(ctx)) return { bank: ctx.bank.id, sessions: [] };
  return readSessions(ctx, ctx.actor.id);
}

/** Those of one member of the bank's staff, or of all. @throws RefusalError `not-allowed` */
export async function listAllSessions(
  ctx: StaffContext,
  { memberId }: { readonly memberId?: string | undefined },
): Promise<Sessions> {
  demandOwnStaff(ctx);
  return readSessions(ctx, memberId ?? null);
}

interface Sessions {
  readonly bank: string;
  readonly sessions: SessionView[];
}

async function readSessions(ctx: StaffContext, memberId: string | null): Promise<Sessions> {
  const { rows } = await ctx.bank.pools.api.query<SessionRow>(OPEN, [
    memberId,
    SESSION_SECONDS,
    SESSIONS_MAX,
  ]);
  return { bank: ctx.bank.id, sessions: rows.map((row) => viewSession(ctx, row)) };
}

function viewSession({ actor }: StaffContext, row: SessionRow): SessionView {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    idleUntil: row.idleUntil.toISOString(),
    endsAt: row.endsAt.toISOString(),
    isCurrent: row.id === actor.session,
  };
}
