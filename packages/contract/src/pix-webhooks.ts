import { z } from "zod";
import { pixKeyValue } from "./pix-work.ts";
import { idempotencyKey, instant, numberPage } from "./scalars.ts";

const typedKey = z.string().trim().min(1).max(100);

/** `https`, or `http` to the machine itself, as in a local consortium. */
const webhookUrl = z
  .url()
  .max(500)
  .regex(/^(https:\/\/[^\s@]+|http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?(\/[^\s@]*)?)$/);

export const pixSetWebhookInput = z.strictObject({
  idempotencyKey,
  key: typedKey,
  url: webhookUrl,
});
export const pixRemoveWebhookInput = z.strictObject({ idempotencyKey, key: typedKey });
export const pixGetWebhookInput = z.strictObject({ key: typedKey });

export const pixWebhookView = z.strictObject({
  key: pixKeyValue,
  url: z.string(),
  createdAt: instant,
  /** Events that were not delivered yet. */
  waiting: z.int().min(0),
  /** Since the last delivery that worked. */
  attempts: z.int().min(0),
  lastError: z.string().nullable(),
});
export const pixWebhookOutput = z.strictObject({ webhook: pixWebhookView });
export const pixRemovedWebhookOutput = z.strictObject({});
export const pixListWebhooksInput = z.strictObject({
  limit: numberPage.limit,
  offset: z.int().min(0).max(100_000).default(0),
});
export const pixListWebhooksOutput = z.strictObject({
  webhooks: z.array(pixWebhookView),
  total: z.int().min(0),
});

export type PixWebhookView = z.infer<typeof pixWebhookView>;
