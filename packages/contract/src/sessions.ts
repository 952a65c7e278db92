import { z } from "zod";
import { staffMemberId } from "./sign-in.ts";
import { bankId, idempotencyKey, instant } from "./scalars.ts";

/** Names a session to those who may see it. It opens nothing: that is its secret. */
const sessionId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const sessionView = z.strictObject({
  id: sessionId,
  memberId: staffMemberId,
  name: z.string(),
  /** What the browser or program called itself; null where it said nothing. */
  device: z.string().nullable(),
  address: z.string().nullable(),
  factor: z.enum(["totp", "recovery-code"]),
  startedAt: instant,
  /** When a person was last at work in it. */
  lastUsedAt: instant,
  /** When it ends unless somebody is at work, and when in any case. */
  idleUntil: instant,
  endsAt: instant,
  /** The one in which this was asked. */
  isCurrent: z.boolean(),
});

/** More than these are not told: the newest come first. */
export const SESSIONS_MAX = 200;

export const listSessionsOutput = z.strictObject({
  bank: bankId,
  sessions: z.array(sessionView).max(SESSIONS_MAX),
});
export const listAllSessionsInput = z.strictObject({ memberId: staffMemberId.optional() });

export const endSessionInput = z.strictObject({ idempotencyKey, id: sessionId });
export const endOtherSessionsInput = z.strictObject({ idempotencyKey });
export const endedSessionsOutput = z.strictObject({ ended: z.int() });

export type SessionView = z.infer<typeof sessionView>;
export type EndSessionInput = z.infer<typeof endSessionInput>;
export type EndOtherSessionsInput = z.infer<typeof endOtherSessionsInput>;
