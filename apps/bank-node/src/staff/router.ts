import {
  changeStaffMemberInput,
  createStaffMemberInput,
  listStaffInput,
  listStaffOutput,
  oneTimePasswordOutput,
  staffMemberOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { createMember } from "./create-member.ts";
import { listStaff, readMember } from "./read-staff.ts";
import { resetFactor, resetPassword } from "./reset-sign-in.ts";
import { reinstateMember, suspendMember } from "./suspend-member.ts";

const adminProcedure = staffProcedure("user-admin");

/** Who works here and how they come in. Roles are given by two: the approval `staff.setRoles`. */
export const staffRouter = router({
  list: adminProcedure
    .input(listStaffInput)
    .output(listStaffOutput)
    .query(({ ctx, input }) => listStaff(ctx, input)),
  create: adminProcedure
    .input(createStaffMemberInput)
    .output(oneTimePasswordOutput)
    .mutation(({ ctx, input }) => createMember(ctx, input)),
  suspend: adminProcedure
    .input(changeStaffMemberInput)
    .output(staffMemberOutput)
    .mutation(async ({ ctx, input }) => {
      await suspendMember(ctx, input);
      return { member: await readMember(ctx, input.id) };
    }),
  reinstate: adminProcedure
    .input(changeStaffMemberInput)
    .output(staffMemberOutput)
    .mutation(async ({ ctx, input }) => {
      await reinstateMember(ctx, input);
      return { member: await readMember(ctx, input.id) };
    }),
  resetFactor: adminProcedure
    .input(changeStaffMemberInput)
    .output(staffMemberOutput)
    .mutation(async ({ ctx, input }) => {
      await resetFactor(ctx, input);
      return { member: await readMember(ctx, input.id) };
    }),
  resetPassword: adminProcedure
    .input(changeStaffMemberInput)
    .output(oneTimePasswordOutput)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
});
