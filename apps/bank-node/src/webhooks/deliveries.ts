import type { WebhookDeliveryView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";

interface Row extends Omit<WebhookDeliveryView, "at" | "lastAt" | "sequence"> {
  readonly sequence: bigint;
  readonly at: Date;
  readonly lastAt: Date;
}

interface ListDeliveries {
  readonly id: string;
  readonly status?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What an endpoint was told, newest event first. */
export async function listDeliveries(ctx: StaffContext, input: ListDeliveries) {
  const { rows } = await ctx.bank.pools.api.query<Row>(
    `SELECT d.sequence, e.id AS "eventId", e.type, e.subject, e.at, d.status, d.attempts,
            d.last_at AS "lastAt", d.last_status AS "lastStatus", d.last_error AS "lastError"
       FROM webhook_delivery d JOIN bank_event e USING (sequence)
      WHERE d.endpoint_id = $1 AND ($2::text IS NULL OR d.status = $2)
        AND ($3::bigint IS NULL OR d.sequence < $3)
      ORDER BY d.sequence DESC LIMIT $4`,
    [input.id, input.status ?? null, input.cursor ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const isMore = rows.length > input.limit && last !== undefined;
  return {
    deliveries: page.map(({ sequence, at, lastAt, ...row }): WebhookDeliveryView => ({
      ...row,
      sequence: Number(sequence),
      at: at.toISOString(),
      lastAt: lastAt.toISOString(),
    })),
    nextCursor: isMore ? String(last.sequence) : null,
  };
}
