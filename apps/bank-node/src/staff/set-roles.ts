import type { StaffRolesChange } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { changeMember } from "./change-member.ts";

/**
 * Gives and takes roles, which two administrators decide (`approvals/kinds.ts`). What the second
 * one read must still be so: the person's name, the roles from which they go, and whoever asked is
 * an administrator still. Where a role is taken away, the sessions end in which it counted.
 * @throws RefusalError `staff-changed`, `staff-suspended`, `staff-not-enrolled`, or as `changeMember`
 */
export async function setRoles(
  ctx: StaffContext,
  input: StaffRolesChange & { readonly idempotencyKey: string },
): Promise<void> {
  const { name, from, to } = input;
  await changeMember(ctx, {
    operation: "staff.setRoles",
    input,
    endsSessions: ({ roles }) => roles.some((role) => !to.includes(role)),
    async change(tx, before) {
      const isAsRead = before.name === name && areSame(before.roles, from);
      if (!isAsRead) return { code: "staff-changed", details: {} };
      if (before.isSuspended) return { code: "staff-suspended", details: {} };
      // Until then somebody else knows the password, and would come into the roles.
      const isTheirs = before.hasFactor && !before.mustChangePassword;
      if (!isTheirs && to.length > 0) return { code: "staff-not-enrolled", details: {} };
      await tx.query("UPDATE staff_member SET roles = $2, updated_at = now() WHERE id = $1", [
        before.id,
        to,
      ]);
      return null;
    },
  });
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}
