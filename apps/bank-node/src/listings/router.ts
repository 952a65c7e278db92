import {
  csvOutput,
  exportHistoryInput,
  exportHoldersInput,
  listHistoryInput,
  listHistoryOutput,
  listHoldersInput,
  listHoldersOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { exportHistory, exportHolders } from "./export-csv.ts";
import { listHistory } from "./history.ts";
import { listHolders } from "./holders.ts";

/** Lists over all accounts: for the auditor alone. */
export const listingsRouter = router({
  holders: staffProcedure("auditor")
    .meta(rest("GET", "/account-holders", "All account holders"))
    .input(listHoldersInput)
    .output(listHoldersOutput)
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listHolders(ctx, filter, { limit, cursor }),
    ),
  history: staffProcedure("auditor")
    .meta(rest("GET", "/entries", "Entries of all accounts, newest posting first"))
    .input(listHistoryInput)
    .output(listHistoryOutput)
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listHistory(ctx, filter, { limit, cursor }),
    ),
  exportHolders: staffProcedure("auditor")
    .meta(rest("GET", "/account-holders/file", "All account holders as CSV"))
    .input(exportHoldersInput)
    .output(csvOutput)
    .query(({ ctx, input }) => exportHolders(ctx, input)),
  exportHistory: staffProcedure("auditor")
    .meta(rest("GET", "/entries/file", "Entries of all accounts as CSV"))
    .input(exportHistoryInput)
    .output(csvOutput)
    .query(({ ctx, input }) => exportHistory(ctx, input)),
});
