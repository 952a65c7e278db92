import { z } from "zod";
import { refusalDetails } from "./errors/refusal.ts";
import { accountNumber, instant, uuid, uuidPage } from "./scalars.ts";

/** What happened of itself and the staff should know; the dashboard has a sentence for each. */
export const notificationKind = z.enum([
  "claim-received",
  "claim-confirmed",
  "claim-cancelled",
  "claim-completed",
  "schedule-paid",
  "schedule-failed",
  "schedule-tomorrow",
  "mandate-proposed",
  "mandate-answered",
  "mandate-cancelled",
  "mandate-charged",
  "mandate-charge-told",
  "request-received",
  "request-answered",
  "return-held",
  "return-overdue",
  "return-paid",
]);

export const notificationView = z.strictObject({
  id: uuid,
  kind: notificationKind,
  /** Id of what it is about. */
  subject: z.string(),
  account: accountNumber.nullable(),
  details: refusalDetails,
  isRead: z.boolean(),
  createdAt: instant,
});
export const listNotificationsInput = z.strictObject({
  unreadOnly: z.boolean().default(false),
  ...uuidPage,
});
export const listNotificationsOutput = z.strictObject({
  notifications: z.array(notificationView),
  /** Of all that this person has not read, 100 at most. */
  unread: z.int(),
  nextCursor: z.string().nullable(),
});
/** Marks as read for this person everything up to and including one of them. */
export const readNotificationsInput = z.strictObject({ upTo: uuid });
export const readNotificationsOutput = z.strictObject({ unread: z.int() });

export type NotificationKind = z.infer<typeof notificationKind>;
export type NotificationView = z.infer<typeof notificationView>;
