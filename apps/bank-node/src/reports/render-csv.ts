import type { Locale } from "@pacto/contract";
import { stringify } from "csv-stringify/sync";
import { tabular, type Cell, type Section, type Sheet } from "./sheet.ts";

/** A text that begins like a formula would be run by a spreadsheet. */
const FORMULA = /^[=+\-@\t\r]/;

/** The report's first table as a spreadsheet of that language opens it. */
export function renderCsv({ sections: [table] }: Sheet, locale: Locale): string {
  if (table === undefined) throw new Error("a report has a table");
  return renderTable(table, locale);
}

/** A table as CSV; one that goes on has its columns' names and its mark only before the first row. */
export function renderTable(
  { columns, rows }: Section,
  locale: Locale,
  isContinued = false,
): string {
  return stringify(
    [
      ...(isContinued ? [] : [columns.map(({ label }) => label)]),
      ...rows.map((row) => row.map((cell) => field(cell, locale))),
    ],
    { bom: !isContinued, delimiter: locale === "pt-BR" ? ";" : "," },
  );
}

/** Only what people wrote is guarded: −12,34 is to stay a number. */
function field(cell: Cell, locale: Locale): string {
  if (typeof cell === "string" && FORMULA.test(cell)) return `'${cell}`;
  return tabular(cell, locale);
}
