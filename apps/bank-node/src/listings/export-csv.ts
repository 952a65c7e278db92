import type { ExportHistoryInput, ExportHoldersInput } from "@pacto/contract";
import { stringify } from "csv-stringify/sync";
import type { StaffContext } from "../context.ts";
import { listHistory } from "./history.ts";
import { listHolders } from "./holders.ts";

/** Lines of one file. */
const LINES_MAX = 5_000;

/** Account holders as a file for a spreadsheet. */
export async function exportHolders(ctx: StaffContext, filter: ExportHoldersInput) {
  const { holders, nextCursor } = await listHolders(ctx, filter, { limit: LINES_MAX });
  return file(ctx, "account-holders", holders, nextCursor === null);
}

/** The entries of all accounts as a file for a spreadsheet. */
export async function exportHistory(ctx: StaffContext, filter: ExportHistoryInput) {
  const { entries, nextCursor } = await listHistory(ctx, filter, { limit: LINES_MAX });
  return file(ctx, "history", entries, nextCursor === null);
}

function file(ctx: StaffContext, name: string, lines: readonly object[], isComplete: boolean) {
  return {
    fileName: listingFileName(ctx, name),
    csv: listingCsv(lines),
    lines: lines.length,
    isComplete,
  };
}

export function listingFileName({ bank }: StaffContext, name: string): string {
  return `${bank.id}-${name}-${new Date().toISOString().slice(0, 10)}.csv`;
}

/** Lines of a list for a spreadsheet; those that follow others have no names of columns. */
export function listingCsv(lines: readonly object[], isContinued = false): string {
  return stringify([...lines], {
    // A name that begins with = or @ must not become a formula in a spreadsheet.
    header: !isContinued,
    bom: !isContinued,
    escape_formulas: true,
    // −500 is a number and stays one.
    cast: { number: (value) => ({ value: String(value), escape_formulas: false }) },
  });
}
