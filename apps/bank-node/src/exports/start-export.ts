import { saoPauloInstant } from "@pacto/banking";
import {
  EXPORT_PARTS_MAX,
  type ExportListingInput,
  type ExportStatementInput,
  type JobView,
} from "@pacto/contract";
import { oneAccount } from "../accounts/read-accounts.ts";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { getJob, insertJob } from "../jobs/jobs.ts";
import { listingFileName } from "../listings/export-csv.ts";
import { countHistory } from "../listings/history.ts";
import { countHolders } from "../listings/holders.ts";
import { newId } from "../new-id.ts";
import { readDays } from "../reports/days.ts";
import { selectAccountKinds } from "../reports/sql.ts";
import { RefusalError } from "../trpc.ts";
import { DAYS_KEPT, PART_LINES, type PlannedPart } from "./planned-part.ts";

/**
 * Begins to write an account's statement, of as many entries as the days have now. Throws
 * RefusalError `account-not-found`, `period-backwards` or `export-too-large`.
 */
export async function exportStatement(
  ctx: StaffContext,
  input: ExportStatementInput,
): Promise<JobView> {
  const { idempotencyKey: _, ...statement } = input;
  const { number, format } = statement;
  const { from, to } = readDays(statement);
  const { id, version } = await oneAccount(ctx, number);
  const kinds = await selectAccountKinds(ctx.bank.pools.api, id, {
    from: saoPauloInstant(from),
    to: saoPauloInstant(to, 24),
    through: version,
  });
  const part: PlannedPart = {
    ...statement,
    kind: "statement",
    through: String(version),
    fileName: `${ctx.bank.id}-statement-${number}-${from}-${to}.${format}`,
  };
  return begin(ctx, input, {
    operation: "exports.statement",
    subject: number,
    part,
    lines: kinds.reduce((sum, { count }) => sum + count, 0),
    linesOfPart: PART_LINES[format],
  });
}

/** Begins to write a list over all accounts. Throws RefusalError `export-too-large`. */
export async function exportListing(
  ctx: StaffContext,
  input: ExportListingInput,
): Promise<JobView> {
  const { listing } = input;
  const isHolders = listing.kind === "holders";
  return begin(ctx, input, {
    operation: "exports.listing",
    subject: listing.kind,
    part: {
      ...listing,
      fileName: listingFileName(ctx, isHolders ? "account-holders" : "history"),
    },
    lines: await (isHolders
      ? countHolders(ctx, listing.filter)
      : countHistory(ctx, listing.filter)),
    linesOfPart: PART_LINES.csv,
  });
}

interface Planned {
  /** The procedure, and the kind of the job. */
  readonly operation: string;
  readonly subject: string;
  readonly part: PlannedPart;
  readonly lines: number;
  readonly linesOfPart: number;
}

async function begin(
  ctx: StaffContext,
  input: { readonly idempotencyKey: string },
  { operation, subject, part, lines, linesOfPart }: Planned,
): Promise<JobView> {
  const parts = Math.max(1, Math.ceil(lines / linesOfPart));
  if (parts > EXPORT_PARTS_MAX) {
    throw new RefusalError({ code: "export-too-large", details: { lines } });
  }
  const { id } = await onceInTransaction(ctx, { operation, input }, async (tx) => {
    // Personal data does not stay for longer than somebody needs the file.
    await tx.query(
      `UPDATE export_part SET content = NULL
        WHERE content IS NOT NULL AND made_at < now() - make_interval(days => $1)`,
      [DAYS_KEPT],
    );
    const payloads = Array.from({ length: parts }, () => part);
    const job = { id: newId(), kind: operation, label: part.fileName, payloads };
    await insertJob(tx, ctx, job);
    return {
      answer: { ok: true, value: { id: job.id } } as const,
      audit: { subject, details: { job: job.id, lines, ...part } },
    };
  });
  return (await getJob(ctx, { id })).job;
}
