import { z } from "zod";
import { refusalSchema } from "./errors/refusal.ts";
import { freeText, idempotencyKey, instant, uuid, uuidPage } from "./scalars.ts";
import { plannedTransfer } from "./plans.ts";

/** A request of people may be 64 KiB in all. */
const CSV_CHARACTERS_MAX = 50_000;
export const IMPORT_LINES_MAX = 500;

/** Lines `from,to,amount,purpose` (or with semicolons), the first one naming the columns. */
const csv = z.string().min(1).max(CSV_CHARACTERS_MAX);

export const previewImportInput = z.strictObject({ csv });
export const importLine = z.strictObject({
  /** As an editor counts: the header is line 1. */
  line: z.int(),
  transfer: plannedTransfer.nullable(),
  status: z.enum(["ok", "refused", "unknown"]),
  /** Why it cannot be read, or would be refused now. */
  refusal: refusalSchema.nullable(),
});
export const previewImportOutput = z.strictObject({
  lines: z.array(importLine),
  totalCentavos: z.int(),
  readable: z.int(),
});
export const startImportInput = z.strictObject({
  idempotencyKey,
  csv,
  label: freeText(80).default(""),
  /** Leave out lines that cannot be read, instead of refusing the whole file. */
  skipUnreadable: z.boolean().default(false),
});

export const jobView = z.strictObject({
  id: uuid,
  kind: z.string(),
  label: z.string(),
  status: z.enum(["running", "done", "cancelled"]),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  /** 0 to 100, of items finished either way. */
  percent: z.int(),
  createdBy: z.string(),
  createdAt: instant,
  endedAt: instant.nullable(),
});
export const jobItemView = z.strictObject({
  position: z.int(),
  status: z.enum(["waiting", "done", "failed"]),
  /** Of a transfer: its id. */
  subject: z.string().nullable(),
  /** Of an import: what the line asked for. */
  transfer: plannedTransfer.nullable(),
  refusal: refusalSchema.nullable(),
});

export const jobOutput = z.strictObject({ job: jobView });
export const getJobInput = z.strictObject({ id: uuid });
export const getJobOutput = z.strictObject({ job: jobView, items: z.array(jobItemView) });
export const cancelJobInput = z.strictObject({ idempotencyKey, id: uuid });
export const listJobsInput = z.strictObject({ ...uuidPage });
export const listJobsOutput = z.strictObject({
  jobs: z.array(jobView),
  nextCursor: z.string().nullable(),
});

export type ImportLine = z.infer<typeof importLine>;
export type JobItemView = z.infer<typeof jobItemView>;
export type JobView = z.infer<typeof jobView>;
export type StartImportInput = z.infer<typeof startImportInput>;
