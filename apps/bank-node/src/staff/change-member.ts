import type { Refusal } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { type Answer, refused } from "../idempotency/once.ts";
import { endSessions } from "../sign-in/ended-sessions.ts";
import type { Role } from "./actor.ts";
import { demandOwnStaff } from "./demand-own-staff.ts";

/** A member of the bank's staff, locked. */
export interface LockedMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly isSuspended: boolean;
  readonly hasFactor: boolean;
  readonly mustChangePassword: boolean;
  readonly passwordSetBy: string | null;
  readonly factorResetBy: string | null;
}

const SELECT = `
  SELECT id, name, email, roles, disabled_at IS NOT NULL AS "isSuspended",
         two_factor_enabled AS "hasFactor", must_change_password AS "mustChangePassword",
         password_set_by AS "passwordSetBy", factor_reset_by AS "factorResetBy"
  FROM staff_member`;

interface MemberChange {
  /** Stable name of the verb: `staff.suspend`. */
  readonly operation: string;
  readonly input: {
    readonly idempotencyKey: string;
    readonly id: string;
    readonly reason?: string;
  };
  /** Whether the person's sessions end with it, those with the roles of before among them. */
  readonly endsSessions: (before: LockedMember) => boolean;
  /** Changes the person, or says why not. */
  readonly change: (tx: Tx, before: LockedMember) => Promise<Refusal | null>;
}

/**
 * Changes another member of the staff once for the key, with before and after in the audit of the
 * same transaction. Throws RefusalError `not-allowed` (another bank's staff, or no longer an
 * administrator of users), `own-account`, `staff-not-found`, or what `change` gives.
 */
export async function changeMember(ctx: StaffContext, asked: MemberChange): Promise<void> {
  demandOwnStaff(ctx);
  const { id, reason } = asked.input;
  const ended = await onceInTransaction<readonly string[]>(ctx, asked, async (tx) => {
    const found = await lockMember(tx, ctx, id);
    if (!found.ok) return { answer: found, audit: null };
    const before = found.value;
    const refusal = await asked.change(tx, before);
    if (refusal !== null) return { answer: { ok: false, refusal }, audit: null };
    const sessions = asked.endsSessions(before) ? await endSessions(tx, { memberId: id }) : [];
    const { rows } = await tx.query<LockedMember>(`${SELECT} WHERE id = $1`, [id]);
    const [after = before] = rows;
    const details = { reason, before: told(before), after: told(after), sessions };
    return { answer: { ok: true, value: sessions }, audit: { subject: id, details } };
  });
  // Their tokens count no more from now on; other processes of the bank hear it within seconds.
  ctx.bank.signIn.ended.add(ended);
}

/** What the audit keeps: how the person may come in and what for, and no word of any secret. */
function told({ roles, isSuspended, hasFactor, mustChangePassword }: LockedMember): object {
  return { roles, isSuspended, hasFactor, mustChangePassword };
}

/**
 * Locks the person and whoever asks, in the order of their ids, so that two administrators who
 * suspend each other at once come one after the other and one of them stays.
 */
async function lockMember(tx: Tx, ctx: StaffContext, id: string): Promise<Answer<LockedMember>> {
  const { actor, bank } = ctx;
  if (id === actor.id) return refused("own-account");
  const { rows } = await tx.query<LockedMember>(
    `${SELECT} WHERE id = ANY ($1) ORDER BY id FOR UPDATE`,
    [[actor.id, id]],
  );
  const admin = rows.find((row) => row.id === actor.id);
  const isAdmin = admin?.isSuspended === false && admin.roles.includes("user-admin");
  if (!isAdmin) return refused("not-allowed");
  const member = rows.find((row) => row.id === id);
  return member === undefined
    ? refused("staff-not-found", { bank: bank.id })
    : { ok: true, value: member };
}
