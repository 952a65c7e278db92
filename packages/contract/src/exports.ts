import { z } from "zod";
import { exportHistoryInput, exportHoldersInput } from "./listings.ts";
import { localDate } from "./loans.ts";
import { reportFormat } from "./reports.ts";
import { accountNumber, idempotencyKey, uuid } from "./scalars.ts";

/** Parts of one export; each holds some thousand lines. */
export const EXPORT_PARTS_MAX = 1_000;

/** An account's statement of any length, as a job. */
export const exportStatementInput = z.strictObject({
  idempotencyKey,
  number: accountNumber,
  /** First and last day in São Paulo, both counted. */
  from: localDate,
  to: localDate,
  format: reportFormat,
  locale: z.enum(["pt-BR", "en"]).default("pt-BR"),
});

/** A list over all accounts, of any length, as a job that writes CSV. */
export const exportListingInput = z.strictObject({
  idempotencyKey,
  listing: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("holders"), filter: exportHoldersInput }),
    z.strictObject({ kind: z.literal("history"), filter: exportHistoryInput }),
  ]),
});

export const exportPartInput = z.strictObject({
  id: uuid,
  position: z.int().min(1).max(EXPORT_PARTS_MAX),
});
/** One part of an export: PDF as base64, the others as text. */
export const exportPartOutput = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  encoding: z.enum(["utf-8", "base64"]),
  content: z.string(),
  lines: z.int(),
  /** A file by itself (PDF); otherwise all parts in their order make one file. */
  isFile: z.boolean(),
});

export type ExportListingInput = z.infer<typeof exportListingInput>;
export type ExportPartInput = z.infer<typeof exportPartInput>;
export type ExportPartOutput = z.infer<typeof exportPartOutput>;
export type ExportStatementInput = z.infer<typeof exportStatementInput>;
