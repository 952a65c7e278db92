import {
  csvOutput,
  exportHistoryInput,
  exportHoldersInput,
  listHistoryInput,
  listHistoryOutput,
  listHoldersInput,
  listHoldersOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { exportHistory, exportHolders } from "./export-csv.ts";
import { listHistory } from "./history.ts";
import { listHolders } from "./holders.ts";

/** Lists over all accounts: for the auditor alone. */
export const listingsRouter = router({
  holders: staffProcedure("auditor")
    .input(listHoldersInput)
    .output(listHoldersOutput)
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listHolders(ctx, filter, { limit, cursor }),
    ),
  history: staffProcedure("auditor")
    .input(listHistoryInput)
    .output(listHistoryOutput)
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listHistory(ctx, filter, { limit, cursor }),
    ),
  exportHolders: staffProcedure("auditor")
    .input(exportHoldersInput)
    .output(csvOutput)
    .query(({ ctx, input }) => exportHolders(ctx, input)),
  exportHistory: staffProcedure("auditor")
    .input(exportHistoryInput)
    .output(csvOutput)
    .query(({ ctx, input }) => exportHistory(ctx, input)),
});
