import { randomBytes } from "node:crypto";
import type {
  ChangeWebhookInput,
  CreateWebhookInput,
  ReplayWebhookInput,
  RotateWebhookInput,
  WebhookEndpointView,
} from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import type { Tx } from "../database/transaction.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { refused } from "../idempotency/once.ts";
import { newId } from "../new-id.ts";
import { actorScope } from "../staff/actor.ts";
import { RefusalError } from "../trpc.ts";
import { isAllowed } from "./targets.ts";

const ENDPOINTS_MAX = 50;

interface Row extends Omit<WebhookEndpointView, "createdAt" | "nextAttemptAt" | "sentThrough"> {
  readonly sentThrough: bigint;
  readonly wakeAt: Date;
  readonly createdAt: Date;
}

const SELECT = `SELECT id, url, types, status, sent_through AS "sentThrough", failures,
  wake_at AS "wakeAt", created_by AS "createdBy", created_at AS "createdAt" FROM webhook_endpoint`;

function view({ wakeAt, createdAt, sentThrough, ...row }: Row): WebhookEndpointView {
  return {
    ...row,
    sentThrough: Number(sentThrough),
    nextAttemptAt: row.failures > 0 && row.status === "active" ? wakeAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
  };
}

/** All endpoints that are not removed, and where new ones may be. */
export async function listWebhooks(ctx: StaffContext) {
  const { rows } = await ctx.bank.pools.api.query<Row>(
    `${SELECT} WHERE status <> 'removed' ORDER BY id LIMIT ${ENDPOINTS_MAX}`,
  );
  return { endpoints: rows.map(view), targets: [...ctx.bank.webhookTargets] };
}

async function oneWebhook(ctx: StaffContext, id: string): Promise<WebhookEndpointView> {
  const { rows } = await ctx.bank.pools.api.query<Row>(`${SELECT} WHERE id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "webhook-not-found", details: {} });
  return view(row);
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** The secret leaves the node with the answer that made it, and never again. */
async function withSecret(ctx: StaffContext, id: string, secret: string) {
  const { rowCount } = await ctx.bank.pools.api.query(
    "SELECT FROM webhook_endpoint WHERE id = $1 AND secret = $2",
    [id, secret],
  );
  return { endpoint: await oneWebhook(ctx, id), secret: rowCount === 1 ? secret : null };
}

/**
 * Tells an address of every event from now on. Throws RefusalError `webhook-url-not-allowed` or
 * `too-many-webhooks`.
 */
export async function createWebhook(ctx: StaffContext, input: CreateWebhookInput) {
  if (!isAllowed(ctx.bank.webhookTargets, input.url)) {
    throw new RefusalError({ code: "webhook-url-not-allowed", details: {} });
  }
  const secret = newSecret();
  const { id } = await onceInTransaction(
    ctx,
    { operation: "webhooks.create", input },
    async (tx) => {
      const endpoint = newId();
      const { rowCount } = await tx.query(
        `INSERT INTO webhook_endpoint (id, url, types, secret, sent_through, created_by)
       SELECT $1, $2, $3, $4, coalesce((SELECT max(sequence) FROM bank_event), 0), $5
        WHERE (SELECT count(*) FROM webhook_endpoint WHERE status <> 'removed') < ${ENDPOINTS_MAX}`,
        [endpoint, input.url, input.types, secret, actorScope(ctx.actor)],
      );
      if (rowCount === 0) return { answer: refused("too-many-webhooks"), audit: null };
      const details = { url: input.url, types: input.types };
      return {
        answer: { ok: true, value: { id: endpoint } },
        audit: { subject: endpoint, details },
      };
    },
  );
  return withSecret(ctx, id, secret);
}

type Changed = { readonly answer: ReturnType<typeof refused> | { ok: true; value: object } };

async function change(
  ctx: StaffContext,
  asked: { readonly operation: string; readonly input: { idempotencyKey: string; id: string } },
  update: (tx: Tx) => Promise<number | null>,
): Promise<void> {
  const { idempotencyKey: _, ...details } = asked.input;
  await onceInTransaction(ctx, asked, async (tx) => {
    const found: Changed["answer"] =
      (await update(tx)) === 0 ? refused("webhook-not-found") : { ok: true, value: {} };
    return { answer: found, audit: found.ok ? { subject: asked.input.id, details } : null };
  });
}

/** Pauses an endpoint, goes on with one, or removes it for good. */
export async function changeWebhook(ctx: StaffContext, input: ChangeWebhookInput) {
  await change(ctx, { operation: "webhooks.change", input }, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE webhook_endpoint SET status = $2, failures = 0, wake_at = now()
        WHERE id = $1 AND status <> 'removed'`,
      [input.id, input.status],
    );
    return rowCount;
  });
  return oneWebhook(ctx, input.id);
}

/** Gives an endpoint a new secret: what is sent from now on is signed with it. */
export async function rotateWebhook(ctx: StaffContext, input: RotateWebhookInput) {
  const secret = newSecret();
  await change(ctx, { operation: "webhooks.rotate", input }, async (tx) => {
    const { rowCount } = await tx.query(
      "UPDATE webhook_endpoint SET secret = $2 WHERE id = $1 AND status <> 'removed'",
      [input.id, secret],
    );
    return rowCount;
  });
  return withSecret(ctx, input.id, secret);
}

/** Sends events again from one on, in order and under the same ids. */
export async function replayWebhook(ctx: StaffContext, input: ReplayWebhookInput) {
  await change(ctx, { operation: "webhooks.replay", input }, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE webhook_endpoint SET sent_through = least(sent_through, $2::bigint - 1), failures = 0,
              wake_at = now()
        WHERE id = $1 AND status <> 'removed'`,
      [input.id, input.fromSequence],
    );
    return rowCount;
  });
  return oneWebhook(ctx, input.id);
}
