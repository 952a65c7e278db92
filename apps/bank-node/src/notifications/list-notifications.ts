import type { NotificationView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { actorScope } from "../staff/actor.ts";

const COUNTED_MAX = 100;

interface ListNotifications {
  readonly unreadOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface NotificationRow extends Omit<NotificationView, "createdAt"> {
  readonly createdAt: Date;
}

/** What happened of itself at this bank, newest first, and what this person has not read of it. */
export async function listNotifications(
  ctx: StaffContext,
  { unreadOnly, limit, cursor }: ListNotifications,
) {
  const person = actorScope(ctx.actor);
  const [{ rows }, unread] = await Promise.all([
    ctx.bank.pools.api.query<NotificationRow>(
      `SELECT n.id, n.kind, n.subject, n.account, n.details, n.created_at AS "createdAt",
              r.person IS NOT NULL AS "isRead"
         FROM notification n
         LEFT JOIN notification_read r ON r.notification_id = n.id AND r.person = $1
        WHERE (NOT $2::bool OR r.person IS NULL) AND ($3::uuid IS NULL OR n.id < $3)
        ORDER BY n.id DESC LIMIT $4`,
      [person, unreadOnly, cursor ?? null, limit + 1],
    ),
    countUnread(ctx),
  ]);
  const page = rows.slice(0, limit);
  return {
    notifications: page.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    unread,
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

async function countUnread(ctx: StaffContext): Promise<number> {
  const { rows } = await ctx.bank.pools.api.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (
       SELECT FROM notification n
        WHERE NOT EXISTS (SELECT FROM notification_read r
                           WHERE r.notification_id = n.id AND r.person = $1)
        LIMIT ${COUNTED_MAX}) AS unread`,
    [actorScope(ctx.actor)],
  );
  return rows[0]?.count ?? 0;
}

/** Marks everything up to one notification as read by this person. */
export async function readNotifications(
  ctx: StaffContext,
  { upTo }: { readonly upTo: string },
): Promise<{ unread: number }> {
  await ctx.bank.pools.api.query(
    `INSERT INTO notification_read (notification_id, person)
     SELECT id, $1 FROM notification WHERE id <= $2 ON CONFLICT DO NOTHING`,
    [actorScope(ctx.actor), upTo],
  );
  return { unread: await countUnread(ctx) };
}
