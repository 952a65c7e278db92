import { z } from "zod";
import { staffRoles } from "./manifest/schema.ts";
import { bankId, freeText, idempotencyKey, instant, listLimit, uuid } from "./scalars.ts";
import { staffEmail, staffMemberId } from "./sign-in.ts";

const role = z.enum(staffRoles);
const name = freeText(120).min(2);

export const staffMemberView = z.strictObject({
  id: staffMemberId,
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  isSuspended: z.boolean(),
  hasFactor: z.boolean(),
  /** Somebody else chose the password, and its owner has not chosen another one yet. */
  mustChangePassword: z.boolean(),
  /** Until when the one-time password is good; null where there is none, or one without an end. */
  passwordUntil: instant.nullable(),
  /** The open request to change the roles; null where there is none. */
  rolesRequest: uuid.nullable(),
  createdAt: instant,
});

export const listStaffInput = z.strictObject({
  /** Part of a name or an e-mail. */
  search: freeText(100).optional(),
  limit: listLimit,
  cursor: staffMemberId.optional(),
});
export const listStaffOutput = z.strictObject({
  bank: bankId,
  members: z.array(staffMemberView),
  nextCursor: z.string().nullable(),
});

/** Makes a person without roles: those are given by two. */
export const createStaffMemberInput = z.strictObject({ idempotencyKey, name, email: staffEmail });

export const changeStaffMemberInput = z.strictObject({
  idempotencyKey,
  id: staffMemberId,
  reason: freeText(500).min(5),
});

export const staffMemberOutput = z.strictObject({ member: staffMemberView });
export const oneTimePasswordOutput = z.strictObject({
  member: staffMemberView,
  /** Told once, to be handed to the person; null when the same is asked for again. A secret. */
  oneTimePassword: z.string().nullable(),
});

const roles = z.array(role).max(staffRoles.length);

/** Whoever administers users has no part in money: that role goes alone. */
function goTogether(given: readonly string[]): boolean {
  const isOnce = new Set(given).size === given.length;
  return isOnce && (!given.includes("user-admin") || given.length === 1);
}

/** What a second person who administers users allows: from exactly these roles to those. */
export const staffRolesChange = z.strictObject({
  id: staffMemberId,
  /** As whoever decides reads it; another name than the person has is refused when it is done. */
  name: freeText(120).min(1),
  from: roles,
  to: roles.refine(goTogether),
});

export type ChangeStaffMemberInput = z.infer<typeof changeStaffMemberInput>;
export type CreateStaffMemberInput = z.infer<typeof createStaffMemberInput>;
export type ListStaffInput = z.infer<typeof listStaffInput>;
export type StaffMemberView = z.infer<typeof staffMemberView>;
export type StaffRolesChange = z.infer<typeof staffRolesChange>;
