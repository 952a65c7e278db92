import type { StaffTokenInput, StaffTokenView } from "@pacto/contract";
import { findMember } from "@pacto/contract";
import { signStaffToken, STAFF_TOKEN_SECONDS } from "@pacto/contract/signing";
import type { BankContext } from "../context.ts";
import { type Tx, withTransaction } from "../database/transaction.ts";
import type { Role } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { IDLE_SECONDS } from "./auth.ts";
import { endSessions } from "./ended-sessions.ts";
import { writeSignInAudit } from "./sign-in-audit.ts";

/** However much a session is used, it ends after this. */
export const SESSION_SECONDS = 8 * 60 * 60;

export interface OpenSession {
  readonly id: string;
  /** Null until a second factor was given in it. */
  readonly factor: string | null;
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly hasFactor: boolean;
  readonly mustChangePassword: boolean;
  readonly idleUntil: Date;
  readonly endsAt: Date;
}

const READ = `
  SELECT s.id, s.factor, m.id AS "memberId", m.name, m.email, m.roles,
         m.two_factor_enabled AS "hasFactor", m.must_change_password AS "mustChangePassword",
         s.expires_at AS "idleUntil", s.created_at + make_interval(secs => $2) AS "endsAt"
  FROM staff_session s JOIN staff_member m ON m.id = s.user_id
  WHERE s.token = $1 AND m.disabled_at IS NULL
    AND s.expires_at > now() AND s.created_at + make_interval(secs => $2) > now()`;

/** The session that the secret names. @throws RefusalError `session-ended` */
export async function readSession(ctx: BankContext, secret: string): Promise<OpenSession> {
  const { rows } = await ctx.bank.pools.api.query<OpenSession>(READ, [secret, SESSION_SECONDS]);
  const [session] = rows;
  if (session === undefined) throw new RefusalError({ code: "session-ended", details: {} });
  return session;
}

/** One in which a second factor was given. @throws RefusalError */
export async function readFullSession(ctx: BankContext, secret: string): Promise<OpenSession> {
  const session = await readSession(ctx, secret);
  if (session.factor === null) {
    throw new RefusalError({ code: "second-factor-needed", details: {} });
  }
  return session;
}

/** A token with which the person acts at one bank for a few minutes. @throws RefusalError */
export async function issueToken(
  ctx: BankContext,
  { session: secret, bank, isActive }: StaffTokenInput,
): Promise<StaffTokenView> {
  const self = ctx.bank;
  if (findMember(self.manifest, bank) === undefined) {
    throw new RefusalError({ code: "unknown-bank", details: { bank } });
  }
  if (isActive) await keepAlive(ctx, secret);
  const session = await readFullSession(ctx, secret);
  if (session.mustChangePassword) {
    throw new RefusalError({ code: "password-change-needed", details: {} });
  }
  const { id, memberId, name, email, roles, idleUntil, endsAt } = session;
  const nowMs = Date.now();
  const left = Math.floor((Math.min(idleUntil.getTime(), endsAt.getTime()) - nowMs) / 1_000);
  const seconds = Math.max(1, Math.min(STAFF_TOKEN_SECONDS, left));
  const token = await signStaffToken(
    { iss: self.id, aud: bank, sub: memberId, name, roles: [...roles], sid: id },
    self.signIn.signer,
    { nowMs, seconds },
  );
  return {
    token,
    expiresAt: new Date(nowMs + seconds * 1_000).toISOString(),
    person: { id: memberId, name, email, roles: [...roles] },
    idleUntil: idleUntil.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}

/** Somebody is at work: the session goes on, at most to its absolute end. */
async function keepAlive(ctx: BankContext, secret: string): Promise<void> {
  await ctx.bank.pools.api.query(
    `UPDATE staff_session SET updated_at = now(), expires_at =
       least(now() + make_interval(secs => $2), created_at + make_interval(secs => $3))
     WHERE token = $1 AND factor IS NOT NULL AND expires_at > now()`,
    [secret, IDLE_SECONDS, SESSION_SECONDS],
  );
}

/** Ends the session; one that has ended already is no error. */
export async function signOut(ctx: BankContext, { session }: { session: string }): Promise<void> {
  const found = await readSession(ctx, session).catch((error: unknown) => {
    if (error instanceof RefusalError) return undefined;
    throw error;
  });
  if (found === undefined) return;
  await endAndTell(ctx, { memberId: found.memberId, only: found.id }, (tx) =>
    writeSignInAudit(tx, ctx, "signIn.signOut", { memberId: found.memberId, session: found.id }),
  );
}

/** Ends sessions in a transaction of their own, here at once and everywhere within seconds. */
export async function endAndTell(
  ctx: BankContext,
  which: Parameters<typeof endSessions>[1],
  also: (tx: Tx) => Promise<void>,
): Promise<number> {
  const ended = await withTransaction(ctx.bank.pools.api, async (tx) => {
    const ids = await endSessions(tx, which);
    await also(tx);
    return ids;
  });
  ctx.bank.signIn.ended.add(ended);
  return ended.length;
}
