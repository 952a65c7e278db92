import type { EndOtherSessionsInput, EndSessionInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { endSessions } from "../sign-in/ended-sessions.ts";
import { demandOwnStaff } from "../staff/demand-own-staff.ts";

/**
 * Ends one session: one's own, or anybody's for whoever administers users. Somebody else's is
 * told as if it were none. @throws RefusalError `session-not-found`, or `not-allowed` for another
 * bank's staff
 */
export async function endSession(ctx: StaffContext, input: EndSessionInput): Promise<number> {
  demandOwnStaff(ctx);
  const { actor } = ctx;
  const isAdmin = actor.roles.includes("user-admin");
  const asked = { operation: "sessions.end", input };
  const ended = await onceInTransaction<readonly string[]>(ctx, asked, async (tx) => {
    const { rows } = await tx.query<{ memberId: string }>(
      `SELECT user_id AS "memberId" FROM staff_session
       WHERE id = $1 AND factor IS NOT NULL AND ($2 OR user_id = $3)`,
      [input.id, isAdmin, actor.id],
    );
    const [found] = rows;
    if (found === undefined) return { answer: refused("session-not-found"), audit: null };
    const ids = await endSessions(tx, { ...found, only: input.id });
    const details = { sessions: ids };
    return { answer: { ok: true, value: ids }, audit: { subject: found.memberId, details } };
  });
  return tellEnded(ctx, ended);
}

/** Ends all sessions of the caller but the one in which this is asked. */
export async function endOtherSessions(
  ctx: StaffContext,
  input: EndOtherSessionsInput,
): Promise<number> {
  demandOwnStaff(ctx);
  const { id: memberId, session } = ctx.actor;
  const asked = { operation: "sessions.endOthers", input };
  const ended = await onceInTransaction<readonly string[]>(ctx, asked, async (tx) => {
    const ids = await endSessions(tx, { memberId, except: session ?? "" });
    const details = { sessions: ids };
    return { answer: { ok: true, value: ids }, audit: { subject: memberId, details } };
  });
  return tellEnded(ctx, ended);
}

/** Their tokens count no more from now on; other processes of the bank hear it within seconds. */
function tellEnded(ctx: StaffContext, ended: readonly string[]): number {
  ctx.bank.signIn.ended.add(ended);
  return ended.length;
}
