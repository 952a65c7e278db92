import type { Locale } from "@pacto/contract";
import { stringify } from "csv-stringify/sync";
import { tabular, type Cell, type Sheet } from "./sheet.ts";

/** A text that begins like a formula would be run by a spreadsheet. */
const FORMULA = /^[=+\-@\t\r]/;

/** The report's first table as a spreadsheet of that language opens it. */
export function renderCsv({ sections: [table] }: Sheet, locale: Locale): string {
  if (table === undefined) throw new Error("a report has a table");
  return stringify(
    [
      table.columns.map(({ label }) => label),
      ...table.rows.map((row) => row.map((cell) => field(cell, locale))),
    ],
    { bom: true, delimiter: locale === "pt-BR" ? ";" : "," },
  );
}

/** Only what people wrote is guarded: −12,34 is to stay a number. */
function field(cell: Cell, locale: Locale): string {
  if (typeof cell === "string" && FORMULA.test(cell)) return `'${cell}`;
  return tabular(cell, locale);
}
