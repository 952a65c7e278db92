import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { freeText, idempotencyKey, instant, uuid, uuidPage } from "./scalars.ts";
import { createTransferInput } from "./transfers.ts";

/** A transfer without the key and the wait of one attempt. */
export const plannedTransfer = createTransferInput.omit({ idempotencyKey: true, waitMs: true });

export const every = z.enum(["once", "day", "week", "month"]);

export const createPlanInput = z.strictObject({
  idempotencyKey,
  transfer: plannedTransfer,
  firstAt: instant,
  every: every.default("once"),
  /** How often in all; left out, it goes on until it is cancelled. */
  occurrences: z.int().min(1).max(1_000).optional(),
  /** How long after its time an occurrence that was refused is tried again. */
  retryMinutes: z.int().min(5).max(10_080).default(60),
});

export const occurrenceView = z.strictObject({
  number: z.int(),
  dueAt: instant,
  status: z.enum(["waiting", "done", "failed", "cancelled"]),
  /** How many times it was begun; an aborted one moved nothing. */
  attempt: z.int(),
  transferId: uuid.nullable(),
  refusal: refusalSchema.nullable(),
});

export const planView = z.strictObject({
  id: uuid,
  transfer: plannedTransfer,
  every,
  firstAt: instant,
  occurrences: z.int().nullable(),
  retryMinutes: z.int(),
  status: z.enum(["active", "finished", "cancelled"]),
  createdBy: z.string(),
  createdAt: instant,
  /** The newest ones first. */
  happenings: z.array(occurrenceView),
});

export const planOutput = z.strictObject({ plan: planView });
export const getPlanInput = z.strictObject({ id: uuid });
export const cancelPlanInput = z.strictObject({ idempotencyKey, id: uuid });
export const listPlansInput = z.strictObject({
  activeOnly: z.boolean().default(false),
  ...uuidPage,
});
export const listPlansOutput = z.strictObject({
  plans: z.array(planView),
  nextCursor: z.string().nullable(),
});

export const templateView = z.strictObject({
  id: uuid,
  name: z.string(),
  transfer: plannedTransfer,
  createdBy: z.string(),
  createdAt: instant,
});
export const saveTemplateInput = z.strictObject({
  idempotencyKey,
  name: freeText(80).min(2),
  transfer: plannedTransfer,
});
export const templateOutput = z.strictObject({ template: templateView });
export const removeTemplateInput = z.strictObject({ idempotencyKey, id: uuid });
export const templatesOutput = z.strictObject({ templates: z.array(templateView) });

export type CreatePlanInput = z.infer<typeof createPlanInput>;
export type Every = z.infer<typeof every>;
export type OccurrenceView = z.infer<typeof occurrenceView>;
export type PlannedTransfer = z.infer<typeof plannedTransfer>;
export type PlanView = z.infer<typeof planView>;
export type SaveTemplateInput = z.infer<typeof saveTemplateInput>;
export type TemplateView = z.infer<typeof templateView>;
