import { maskPixKey } from "@pacto/banking";
import type { PixWebhookView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import type { Pool } from "../../database/pools.ts";
import { onceInTransaction } from "../../idempotency/once-in-transaction.ts";
import { RefusalError } from "../../trpc.ts";
import { ownKey } from "../charges/create-charge.ts";
import { keyFrom } from "../read-key.ts";

interface SetWebhook {
  readonly idempotencyKey: string;
  readonly key: string;
  readonly url: string;
}

/**
 * Has a key's received PIX and finished refunds told to a URL from now on; one before is replaced.
 * @throws RefusalError `pix-key-not-held`
 */
export async function setWebhook(ctx: StaffContext, input: SetWebhook): Promise<PixWebhookView> {
  const { key } = await ownKey(ctx, input.key);
  const { url } = input;
  await onceInTransaction(ctx, { operation: "pix.webhooks.set", input }, async (tx) => {
    await tx.query(
      `INSERT INTO pix_webhook (key, url) VALUES ($1, $2)
       ON CONFLICT (key) DO UPDATE
          SET url = excluded.url, attempts = 0, last_error = NULL,
              created_at = CASE WHEN pix_webhook.url IS NULL THEN now()
                                ELSE pix_webhook.created_at END`,
      [key, url],
    );
    return {
      answer: { ok: true, value: {} },
      audit: { subject: maskPixKey(key), details: { url } },
    };
  });
  return getWebhook(ctx, { key });
}

/** Tells nobody any more, what is still waiting included. @throws `pix-webhook-unknown` */
export async function removeWebhook(
  ctx: StaffContext,
  input: Omit<SetWebhook, "url">,
): Promise<void> {
  const { value: key } = keyFrom(input.key);
  await onceInTransaction(ctx, { operation: "pix.webhooks.remove", input }, async (tx) => {
    const { rowCount } = await tx.query(
      "UPDATE pix_webhook SET url = NULL, due_at = NULL WHERE key = $1 AND url IS NOT NULL",
      [key],
    );
    if (rowCount === 0) return { answer: { ok: false, refusal: unknown(key) }, audit: null };
    await tx.query(
      "UPDATE pix_webhook_event SET delivered_at = now() WHERE key = $1 AND delivered_at IS NULL",
      [key],
    );
    return { answer: { ok: true, value: {} }, audit: { subject: maskPixKey(key), details: {} } };
  });
}

interface WebhookRow {
  readonly key: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly waiting: number;
  readonly attempts: number;
  readonly lastError: string | null;
}

const WEBHOOKS = `
  SELECT w.key, w.url, w.created_at AS "createdAt", w.attempts, w.last_error AS "lastError",
         (SELECT count(*) FROM pix_webhook_event e
           WHERE e.key = w.key AND e.delivered_at IS NULL)::int AS waiting
    FROM pix_webhook w WHERE w.url IS NOT NULL`;

/** @throws RefusalError `pix-webhook-unknown` */
export async function getWebhook(
  ctx: StaffContext,
  input: { readonly key: string },
): Promise<PixWebhookView> {
  const { value: key } = keyFrom(input.key);
  const { rows } = await ctx.bank.pools.api.query<WebhookRow>(`${WEBHOOKS} AND w.key = $1`, [key]);
  const [row] = rows;
  if (row === undefined) throw new RefusalError(unknown(key));
  return view(row);
}

/** Every webhook of the bank, by key. */
export async function listWebhooks(
  { bank }: StaffContext,
  { limit, offset }: { readonly limit: number; readonly offset: number },
) {
  const pool: Pool = bank.pools.api;
  const [{ rows }, counted] = await Promise.all([
    pool.query<WebhookRow>(`${WEBHOOKS} ORDER BY w.key LIMIT $1 OFFSET $2`, [limit, offset]),
    pool.query<{ total: number }>(
      "SELECT count(*)::int AS total FROM pix_webhook WHERE url IS NOT NULL",
    ),
  ]);
  return { webhooks: rows.map(view), total: counted.rows[0]?.total ?? 0 };
}

function view({ createdAt, ...row }: WebhookRow): PixWebhookView {
  return { ...row, createdAt: createdAt.toISOString() };
}

function unknown(key: string) {
  return { code: "pix-webhook-unknown", details: { key } } as const;
}
