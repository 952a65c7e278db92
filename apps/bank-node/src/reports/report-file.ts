import { saoPauloInstant } from "@pacto/banking";
import {
  findMember,
  type EntryView,
  type Locale,
  type ReportFileInput,
  type ReportFileOutput,
} from "@pacto/contract";
import { oneAccount, viewEntry } from "../accounts/read-accounts.ts";
import { selectEntries } from "../accounts/sql.ts";
import type { StaffContext } from "../context.ts";
import { pixReceiptSheet, readPixReceipt } from "../pix/receipt/pix-receipt.ts";
import { RefusalError } from "../trpc.ts";
import { reportAccount } from "./account-report.ts";
import { reportDay } from "./day-report.ts";
import { readDays } from "./days.ts";
import { reportLoan } from "./loan-report.ts";
import { matchDay } from "./match.ts";
import { renderCsv } from "./render-csv.ts";
import { renderOfx, type OfxTerms } from "./render-ofx.ts";
import { renderPdf } from "./render-pdf.ts";
import { readSettlement } from "./settlements.ts";
import type { Sheet } from "./sheet.ts";
import {
  daySheet,
  loanSheet,
  matchSheet,
  settlementSheet,
  statementSheet,
  trialSheet,
} from "./sheets.ts";
import { readTrialBalance } from "./trial-balance.ts";
import { kindIn } from "./words.ts";

/** Entries of one file; on paper, where each takes a line, fewer. */
const LINES_MAX = { pdf: 1_000, csv: 5_000, ofx: 5_000, json: 5_000 } as const;

interface Made {
  /** What JSON holds: the report as its procedure answers it. */
  readonly data: object;
  readonly sheet: Sheet;
  readonly lines: number;
  readonly isComplete: boolean;
  /** Only of statements. */
  readonly ofx?: string;
  readonly name: string;
}

/**
 * A report as a file. Throws RefusalError `format-not-for-report`, or what the report itself would
 * be refused for.
 */
export async function makeReportFile(
  ctx: StaffContext,
  input: ReportFileInput,
): Promise<ReportFileOutput> {
  const { format, locale } = input;
  if (format === "ofx" && input.report.kind !== "statement") {
    throw new RefusalError({ code: "format-not-for-report", details: {} });
  }
  const { data, sheet, ofx, name, lines, isComplete } = await makeReport(ctx, input);
  const about = { fileName: `${ctx.bank.id}-${name}.${format}`, lines, isComplete };
  switch (format) {
    case "json": {
      const content = `${JSON.stringify(data, null, 2)}\n`;
      return { ...about, mediaType: "application/json", encoding: "utf-8", content };
    }
    case "csv": {
      const content = renderCsv(sheet, locale);
      return { ...about, mediaType: "text/csv", encoding: "utf-8", content };
    }
    case "ofx":
      return { ...about, mediaType: "application/x-ofx", encoding: "utf-8", content: ofx ?? "" };
    case "pdf": {
      const content = (await renderPdf(sheet, locale)).toString("base64");
      return { ...about, mediaType: "application/pdf", encoding: "base64", content };
    }
  }
}

async function makeReport(
  ctx: StaffContext,
  { report, format, locale }: ReportFileInput,
): Promise<Made> {
  switch (report.kind) {
    case "statement":
      return makeStatement(ctx, report, { format, locale });
    case "loan": {
      const data = await reportLoan(ctx, report);
      const name = `loan-${report.number}`;
      return { ...whole(data, loanSheet(data, locale), name) };
    }
    case "day": {
      const data = await reportDay(ctx, report);
      return whole(data, daySheet(data, locale), `day-${report.on}`);
    }
    case "trial-balance": {
      const data = await readTrialBalance(ctx, report);
      return whole(data, trialSheet(data, locale), `trial-balance-${data.at.slice(0, 10)}`);
    }
    case "settlement": {
      const { view } = await readSettlement(ctx, report.id);
      return whole(view, settlementSheet(view, locale), `settlement-${report.id}`);
    }
    case "match": {
      const data = await matchDay(ctx, report);
      const made = whole(data, matchSheet(data, locale), `match-${report.on}`);
      return { ...made, isComplete: data.isComplete };
    }
    case "pix": {
      const data = await readPixReceipt(ctx, report.endToEndId);
      return whole(data, pixReceiptSheet(data, locale), `pix-${report.endToEndId}`);
    }
  }
}

function whole(data: object, sheet: Sheet, name: string): Made {
  return { data, sheet, name, lines: sheet.sections[0]?.rows.length ?? 0, isComplete: true };
}

/** What an OFX file says of its bank and in which language. */
export function ofxTerms({ bank }: StaffContext, locale: Locale): OfxTerms {
  return {
    ispb: findMember(bank.manifest, bank.id)?.ispb ?? "",
    locale,
    kindName: (kind) => kindIn(kind, locale),
  };
}

interface StatementAsked {
  readonly number: string;
  readonly from: string;
  readonly to: string;
}

async function makeStatement(
  ctx: StaffContext,
  asked: StatementAsked,
  { format, locale }: Pick<ReportFileInput, "format" | "locale">,
): Promise<Made> {
  const { from, to } = readDays(asked);
  const { id, version } = await oneAccount(ctx, asked.number);
  const report = await reportAccount(ctx, asked, version);
  const limit = LINES_MAX[format];
  const span = { from: saoPauloInstant(from), to: saoPauloInstant(to, 24) };
  // What is posted meanwhile is in neither the sums nor the lines.
  const rows = await selectEntries(ctx.bank.pools.api, id, {
    ...span,
    before: String(version + 1n),
    limit: limit + 1,
  });
  const entries: EntryView[] = rows.slice(0, limit).toReversed().map(viewEntry);
  return {
    data: { ...report, lines: entries },
    sheet: statementSheet(report, entries, locale),
    lines: entries.length,
    isComplete: rows.length <= limit,
    ofx: renderOfx(report, entries, ofxTerms(ctx, locale)),
    name: `statement-${asked.number}-${from}-${to}`,
  };
}
