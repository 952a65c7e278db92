import { z } from "zod";
import { idempotencyKey, instant, numberPage, uuid } from "./scalars.ts";

/** A type of event, or a beginning of them: `posting.deposit`, `posting.*`, `*`. */
const eventPattern = z.string().regex(/^(\*|[a-z][a-z-]{0,39}\.(\*|[a-z][a-z.-]{0,59}))$/);

export const webhookEndpointView = z.strictObject({
  id: uuid,
  url: z.string(),
  types: z.array(z.string()),
  status: z.enum(["active", "paused", "removed"]),
  /** The last event that the endpoint has, or that was none of its types. */
  sentThrough: z.int(),
  /** Attempts in a row that failed at the event after it. */
  failures: z.int(),
  nextAttemptAt: instant.nullable(),
  createdBy: z.string(),
  createdAt: instant,
});

export const createWebhookInput = z.strictObject({
  idempotencyKey,
  /** One that the operator's configuration allows. */
  url: z.url().max(500),
  types: z.array(eventPattern).min(1).max(20),
});
export const webhookSecretOutput = z.strictObject({
  endpoint: webhookEndpointView,
  /** Shown this once; null when the same request is repeated. */
  secret: z.string().nullable(),
});
export const webhookOutput = z.strictObject({ endpoint: webhookEndpointView });
export const webhooksOutput = z.strictObject({
  endpoints: z.array(webhookEndpointView),
  /** Where endpoints may be: `https://hooks.example.com`, `http://127.0.0.1:*`. */
  targets: z.array(z.string()),
});
export const changeWebhookInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  status: z.enum(["active", "paused", "removed"]),
});
export const rotateWebhookInput = z.strictObject({ idempotencyKey, id: uuid });
export const replayWebhookInput = z.strictObject({
  idempotencyKey,
  id: uuid,
  /** The first event that is sent again; all later ones follow in order. */
  fromSequence: z.int().min(1),
});

export const listDeliveriesInput = z.strictObject({
  id: uuid,
  status: z.enum(["delivered", "failing", "given-up"]).optional(),
  ...numberPage,
});
export const webhookDeliveryView = z.strictObject({
  sequence: z.int(),
  eventId: uuid,
  type: z.string(),
  subject: z.string(),
  at: instant,
  status: z.enum(["delivered", "failing", "given-up"]),
  attempts: z.int(),
  lastAt: instant,
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
});
export const listDeliveriesOutput = z.strictObject({
  deliveries: z.array(webhookDeliveryView),
  nextCursor: z.string().nullable(),
});

export type ChangeWebhookInput = z.infer<typeof changeWebhookInput>;
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;
export type ReplayWebhookInput = z.infer<typeof replayWebhookInput>;
export type RotateWebhookInput = z.infer<typeof rotateWebhookInput>;
export type WebhookDeliveryView = z.infer<typeof webhookDeliveryView>;
export type WebhookEndpointView = z.infer<typeof webhookEndpointView>;
