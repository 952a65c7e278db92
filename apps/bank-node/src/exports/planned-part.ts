import type { ExportListingInput, ExportStatementInput } from "@pacto/contract";

type Statement = Omit<ExportStatementInput, "idempotencyKey">;

/** What each item of an export says: which file it is a part of. */
export type PlannedPart = { readonly fileName: string } & (
  | ({
      readonly kind: "statement";
      /** The account's newest version when the export began. */
      readonly through: string;
    } & Statement)
  | ExportListingInput["listing"]
);

/** Lines of one part; on paper, where each takes a line, fewer. */
export const PART_LINES = { pdf: 1_000, csv: 2_000, ofx: 2_000, json: 2_000 } as const;

/** Days for which what was written can be fetched. */
export const DAYS_KEPT = 7;

const mediaTypes = {
  pdf: "application/pdf",
  csv: "text/csv",
  ofx: "application/x-ofx",
  json: "application/json",
} as const;

export function formatOf(part: PlannedPart) {
  const format = part.kind === "statement" ? part.format : "csv";
  return {
    format,
    mediaType: mediaTypes[format],
    isFile: format === "pdf",
    encoding: format === "pdf" ? ("base64" as const) : ("utf-8" as const),
  };
}
