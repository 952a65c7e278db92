import type { ImportLine, JobView, StartImportInput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { onceInTransaction } from "../idempotency/once-in-transaction.ts";
import { getJob, insertJob } from "../jobs/jobs.ts";
import { newId } from "../new-id.ts";
import { RefusalError } from "../trpc.ts";
import { previewTransfer } from "./preview-transfer.ts";
import { readImport, type ReadLine } from "./read-import.ts";

/** Previews that are asked for at a time: each may ask other banks. */
const AT_ONCE = 8;

function read(ctx: StaffContext, csv: string): ReadLine[] {
  const members = new Set(ctx.bank.manifest.members.map(({ id }) => id));
  const lines = readImport(csv, { bank: ctx.bank.id, members });
  if (!Array.isArray(lines)) throw new RefusalError(lines);
  return lines;
}

/**
 * What would become of every line now, each looked at alone; nothing is held. Throws RefusalError
 * `import-line-unreadable` for a file that is no table of transfers.
 */
export async function previewImport(ctx: StaffContext, input: { readonly csv: string }) {
  const read_ = read(ctx, input.csv);
  const lines: ImportLine[] = [];
  for (let at = 0; at < read_.length; at += AT_ONCE) {
    const some = read_.slice(at, at + AT_ONCE);
    lines.push(...(await Promise.all(some.map((line) => previewLine(ctx, line)))));
  }
  const readable = lines.filter(({ transfer }) => transfer !== null);
  return {
    lines,
    totalCentavos: readable.reduce((sum, line) => sum + amountOf(line), 0),
    readable: readable.length,
  };
}

async function previewLine(ctx: StaffContext, read_: ReadLine): Promise<ImportLine> {
  if (read_.transfer === null) return { ...read_, status: "refused" };
  const { from, to } = read_.transfer;
  const { lines } = await previewTransfer(ctx, { from, to });
  const culprit = lines.find(({ status }) => status === "refused") ?? lines.find(isUnknown);
  return { ...read_, status: culprit?.status ?? "ok", refusal: culprit?.refusal ?? null };
}

function isUnknown({ status }: { readonly status: string }): boolean {
  return status === "unknown";
}

function amountOf({ transfer }: ImportLine): number {
  return transfer?.from.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0) ?? 0;
}

/**
 * Imports the lines as a job, each line one transfer of its own. Throws RefusalError
 * `import-line-unreadable` with the first line at fault, unless such lines may be skipped.
 */
export async function startImport(ctx: StaffContext, input: StartImportInput): Promise<JobView> {
  const lines = read(ctx, input.csv);
  const fault = lines.find(({ transfer }) => transfer === null);
  if (fault?.refusal && !input.skipUnreadable) throw new RefusalError(fault.refusal);
  const payloads = lines.flatMap(({ transfer }) => transfer ?? []);
  const asked = { operation: "transfers.import", input };
  const { id } = await onceInTransaction(ctx, asked, async (tx) => {
    const job = { id: newId(), kind: "transfers.import", label: input.label, payloads };
    await insertJob(tx, ctx, job);
    const answer = { ok: true, value: { id: job.id } } as const;
    return { answer, audit: { subject: job.id, details: { lines: payloads.length } } };
  });
  return (await getJob(ctx, { id })).job;
}
