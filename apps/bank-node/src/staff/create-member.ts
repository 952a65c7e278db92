import { randomUUID } from "node:crypto";
import type { CreateStaffMemberInput, StaffMemberView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "./actor.ts";
import { demandAdmin } from "./demand-own-staff.ts";
import { makeOneTimePassword, ONE_TIME_PASSWORD, tellOnce } from "./one-time-password.ts";
import { readMember } from "./read-staff.ts";

/** A person, and the password to be handed over; null where it was told before. */
export interface NewPassword {
  readonly member: StaffMemberView;
  readonly oneTimePassword: string | null;
}

/**
 * Takes somebody onto the staff, without any role: those are given by two. The one-time password
 * only leads to choosing another one and enrolling a second factor.
 * @throws RefusalError `staff-known`, or `not-allowed`
 */
export async function createMember(
  ctx: StaffContext,
  input: CreateStaffMemberInput,
): Promise<NewPassword> {
  await demandAdmin(ctx);
  const password = await makeOneTimePassword(ctx);
  const asked = { operation: "staff.create", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx) => {
    const made = newId();
    const { name, email } = input;
    const { rowCount } = await tx.query(
      `INSERT INTO staff_member (id, name, email, roles, must_change_password, password_set_by,
                                 password_until)
       VALUES ($1, $2, $3, '{}', true, $4, now() + interval '${ONE_TIME_PASSWORD}')
       ON CONFLICT (email) DO NOTHING`,
      [made, name, email, actorScope(ctx.actor)],
    );
    if (rowCount !== 1) return { answer: refused("staff-known"), audit: null };
    await tx.query(
      `INSERT INTO staff_credential (id, account_id, provider_id, user_id, password)
       VALUES ($1, $2, 'credential', $2, $3)`,
      [randomUUID(), made, password.hash],
    );
    const details = { before: null, after: { email, roles: [] } };
    return { answer: { ok: true, value: { id: made } }, audit: { subject: made, details } };
  });
  return {
    member: await readMember(ctx, id),
    oneTimePassword: await tellOnce(ctx, id, password),
  };
}
