import type { ChangeStaffMemberInput, Refusal } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { changeMember } from "./change-member.ts";

const CHANGED: Refusal = { code: "staff-changed", details: {} };

/**
 * Keeps a person out until further notice: all sessions end at once, roles and password stay for
 * the day of the return. One administrator alone may, because it may be urgent.
 * @throws RefusalError `staff-changed` when the person is suspended already, or as `changeMember`
 */
export async function suspendMember(ctx: StaffContext, input: ChangeStaffMemberInput) {
  await changeMember(ctx, {
    operation: "staff.suspend",
    input,
    endsSessions: () => true,
    async change(tx, { id, isSuspended }) {
      if (isSuspended) return CHANGED;
      await tx.query(
        "UPDATE staff_member SET disabled_at = now(), updated_at = now() WHERE id = $1",
        [id],
      );
      return null;
    },
  });
}

/** Lets a suspended person in again. @throws RefusalError `staff-changed`, or as `changeMember` */
export async function reinstateMember(ctx: StaffContext, input: ChangeStaffMemberInput) {
  await changeMember(ctx, {
    operation: "staff.reinstate",
    input,
    endsSessions: () => false,
    async change(tx, { id, isSuspended }) {
      if (!isSuspended) return CHANGED;
      await tx.query(
        "UPDATE staff_member SET disabled_at = NULL, updated_at = now() WHERE id = $1",
        [id],
      );
      return null;
    },
  });
}
