import {
  exportListingInput,
  exportPartInput,
  exportPartOutput,
  exportStatementInput,
  jobOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { readPart } from "./read-part.ts";
import { exportListing, exportStatement } from "./start-export.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

/** Files of any length, written part by part as jobs. */
export const exportsRouter = router({
  statement: staffProcedure(...readers)
    .meta(rest("POST", "/accounts/{number}/statement-exports", "Export a statement of any length"))
    .input(exportStatementInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => ({ job: await exportStatement(ctx, input) })),
  listing: staffProcedure("auditor")
    .meta(rest("POST", "/listing-exports", "Export a list over all accounts of any length"))
    .input(exportListingInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => ({ job: await exportListing(ctx, input) })),
  part: staffProcedure(...readers)
    .meta(rest("GET", "/exports/{id}/parts/{position}", "What an export has written"))
    .input(exportPartInput)
    .output(exportPartOutput)
    .query(({ ctx, input }) => readPart(ctx, input)),
});
