import type { ChangeStaffMemberInput, Refusal } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { forgetFailures } from "../sign-in/throttle.ts";
import { actorScope } from "./actor.ts";
import { changeMember } from "./change-member.ts";
import type { NewPassword } from "./create-member.ts";
import { demandAdmin } from "./demand-own-staff.ts";
import { makeOneTimePassword, ONE_TIME_PASSWORD, tellOnce } from "./one-time-password.ts";
import { readMember } from "./read-staff.ts";

/** Who reset one half resets the other only after the person was back: nobody opens an account alone. */
const BY_ANOTHER: Refusal = { code: "reset-by-another", details: {} };

/**
 * Takes a lost second factor away; the person enrols another one at the next sign-in, by the
 * password. All sessions end.
 * @throws RefusalError `factor-missing`, `reset-by-another`, or as `changeMember`
 */
export async function resetFactor(ctx: StaffContext, input: ChangeStaffMemberInput): Promise<void> {
  const by = actorScope(ctx.actor);
  await changeMember(ctx, {
    operation: "staff.resetFactor",
    input,
    endsSessions: () => true,
    async change(tx, { id, hasFactor, passwordSetBy }) {
      if (!hasFactor) return { code: "factor-missing", details: {} };
      if (passwordSetBy === by) return BY_ANOTHER;
      await tx.query("DELETE FROM staff_second_factor WHERE user_id = $1", [id]);
      await tx.query(
        `UPDATE staff_member SET two_factor_enabled = false, factor_reset_by = $2,
                updated_at = now() WHERE id = $1`,
        [id, by],
      );
      return null;
    },
  });
}

/**
 * Puts a one-time password in place of a forgotten one, and ends the rest after failures. It is
 * good for choosing another one, with the second factor that the person has. All sessions end.
 * @throws RefusalError `reset-by-another`, or as `changeMember`
 */
export async function resetPassword(
  ctx: StaffContext,
  input: ChangeStaffMemberInput,
): Promise<NewPassword> {
  await demandAdmin(ctx);
  const password = await makeOneTimePassword(ctx);
  const by = actorScope(ctx.actor);
  await changeMember(ctx, {
    operation: "staff.resetPassword",
    input,
    endsSessions: () => true,
    async change(tx, { id, email, factorResetBy }) {
      if (factorResetBy === by) return BY_ANOTHER;
      await tx.query(
        "UPDATE staff_credential SET password = $2, updated_at = now() WHERE user_id = $1",
        [id, password.hash],
      );
      await tx.query(
        `UPDATE staff_member SET must_change_password = true, password_set_by = $2,
                password_until = now() + interval '${ONE_TIME_PASSWORD}', updated_at = now()
          WHERE id = $1`,
        [id, by],
      );
      await forgetFailures(tx, email);
      return null;
    },
  });
  const member = await readMember(ctx, input.id);
  return { member, oneTimePassword: await tellOnce(ctx, input.id, password) };
}
