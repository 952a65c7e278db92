import { saoPauloInstant } from "@pacto/banking";
import type { ExportListingInput } from "@pacto/contract";
import { oneAccount, viewEntry } from "../accounts/read-accounts.ts";
import { selectEntriesAfter } from "../accounts/sql.ts";
import type { Bank, StaffContext } from "../context.ts";
import { withTransaction } from "../database/transaction.ts";
import type { ItemOutcome, ItemPlace } from "../jobs/job-kinds.ts";
import { listingCsv } from "../listings/export-csv.ts";
import { listHistory } from "../listings/history.ts";
import { listHolders } from "../listings/holders.ts";
import { reportAccount } from "../reports/account-report.ts";
import { readDays } from "../reports/days.ts";
import { renderTable } from "../reports/render-csv.ts";
import { ofxFoot, ofxHead, ofxLines } from "../reports/render-ofx.ts";
import { renderPdf } from "../reports/render-pdf.ts";
import { ofxTerms } from "../reports/report-file.ts";
import { entriesOf, statementSheet } from "../reports/sheets.ts";
import { RefusalError } from "../trpc.ts";
import { PART_LINES, type PlannedPart } from "./planned-part.ts";

interface WrittenPart {
  readonly content: string;
  readonly lines: number;
  /** Where the next part begins; null when this is the last one. */
  readonly nextCursor: string | null;
}

const nothing: WrittenPart = { content: "", lines: 0, nextCursor: null };

/**
 * Writes one part of an export, from where the part before ended: what a crash interrupted is
 * written again, the same. What is posted meanwhile is in no part of a statement. Throws
 * RefusalError `export-not-ready` when the part before could not be written.
 */
export async function writePart(
  ctx: StaffContext,
  payload: unknown,
  { job, position }: ItemPlace,
): Promise<ItemOutcome> {
  const planned = payload as PlannedPart;
  const cursor = position === 1 ? undefined : await cursorAfter(ctx.bank, job, position - 1);
  const part = cursor === null ? nothing : await write(ctx, planned, cursor);
  await keep(ctx.bank, { job, position, planned }, part);
  return { status: "done", subject: String(part.lines) };
}

function write(ctx: StaffContext, planned: PlannedPart, cursor: string | undefined) {
  return planned.kind === "statement"
    ? writeStatement(ctx, planned, cursor)
    : writeListing(ctx, planned, cursor);
}

type Statement = Extract<PlannedPart, { kind: "statement" }>;

async function writeStatement(
  ctx: StaffContext,
  planned: Statement,
  cursor: string | undefined,
): Promise<WrittenPart> {
  const { number, format, locale } = planned;
  const { from, to } = readDays(planned);
  const through = BigInt(planned.through);
  const limit = PART_LINES[format];
  const { id } = await oneAccount(ctx, number);
  const rows = await selectEntriesAfter(ctx.bank.pools.api, id, {
    from: saoPauloInstant(from),
    to: saoPauloInstant(to, 24),
    after: BigInt(cursor ?? 0),
    through,
    limit: limit + 1,
  });
  const entries = rows.slice(0, limit).map(viewEntry);
  const isFirst = cursor === undefined;
  const isLast = rows.length <= limit;
  const report = () => reportAccount(ctx, planned, through);
  const render = async (): Promise<string> => {
    switch (format) {
      case "csv":
        return renderTable(entriesOf(entries, locale), locale, !isFirst);
      case "json": {
        const head = isFirst ? `${JSON.stringify(await report()).slice(0, -1)},"lines":[\n` : ",\n";
        const lines = entries.map((entry) => JSON.stringify(entry)).join(",\n");
        return `${head}${lines}${isLast ? "\n]}\n" : ""}`;
      }
      case "ofx": {
        const terms = ofxTerms(ctx, locale);
        const head = isFirst ? ofxHead(await report(), terms) : "";
        const foot = isLast ? ofxFoot(await report()) : "";
        return head + ofxLines(number, entries, terms) + foot;
      }
      case "pdf": {
        const sheet = statementSheet(await report(), entries, locale);
        return (await renderPdf(sheet, locale)).toString("base64");
      }
    }
  };
  const last = entries.at(-1)?.version ?? 0;
  return {
    content: await render(),
    lines: entries.length,
    nextCursor: isLast ? null : String(last),
  };
}

async function writeListing(
  ctx: StaffContext,
  listing: ExportListingInput["listing"],
  cursor: string | undefined,
): Promise<WrittenPart> {
  const page = { limit: PART_LINES.csv, cursor };
  const { lines, nextCursor } =
    listing.kind === "holders"
      ? await listHolders(ctx, listing.filter, page).then(({ holders, ...more }) => ({
          ...more,
          lines: holders,
        }))
      : await listHistory(ctx, listing.filter, page).then(({ entries, ...more }) => ({
          ...more,
          lines: entries,
        }));
  return { content: listingCsv(lines, cursor !== undefined), lines: lines.length, nextCursor };
}

/** Null when the part before was the last one. */
async function cursorAfter(bank: Bank, job: string, position: number): Promise<string | null> {
  const { rows } = await bank.pools.recovery.query<{ cursor: string | null }>(
    "SELECT next_cursor AS cursor FROM export_part WHERE job_id = $1 AND position = $2",
    [job, position],
  );
  const [before] = rows;
  if (before === undefined) throw new RefusalError({ code: "export-not-ready", details: {} });
  return before.cursor;
}

interface Place extends Pick<ItemPlace, "job" | "position"> {
  readonly planned: PlannedPart;
}

/** Keeps a part; a list that has grown since it was counted gets one part more. */
async function keep(
  bank: Bank,
  { job, position, planned }: Place,
  { content, lines, nextCursor }: WrittenPart,
): Promise<void> {
  await withTransaction(bank.pools.recovery, async (tx) => {
    await tx.query(
      `INSERT INTO export_part (job_id, position, content, lines, next_cursor)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [job, position, content, lines, nextCursor],
    );
    if (nextCursor === null) return;
    await tx.query(
      `INSERT INTO job_item (job_id, position, payload) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING`,
      [job, position + 1, JSON.stringify(planned)],
    );
  });
}
