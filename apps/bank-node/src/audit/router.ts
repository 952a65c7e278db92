import {
  auditChainOutput,
  csvOutput,
  exportAuditInput,
  exportChainInput,
  exportChainOutput,
  listAuditInput,
  listAuditOutput,
  verifyAuditInput,
  verifyAuditOutput,
  witnessedHeadsInput,
  witnessedHeadsOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { readChain, readWitnessed } from "./read-chain.ts";
import { exportEvents, listEvents } from "./read-events.ts";
import { exportChain, verifyChain } from "./verify-chain.ts";

/** Who did what, and whether it still says so: for the auditor alone. */
export const auditRouter = router({
  events: staffProcedure("auditor")
    .meta(rest("GET", "/audit/events", "What was done, newest first"))
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      listEvents(ctx, filter, { limit, cursor }),
    ),
  exportEvents: staffProcedure("auditor")
    .input(exportAuditInput)
    .output(csvOutput)
    .query(({ ctx, input }) => exportEvents(ctx, input)),
  chain: staffProcedure("auditor")
    .meta(rest("GET", "/audit/chain", "The sealed chain: last block, cosigners, alarms"))
    .output(auditChainOutput)
    .query(({ ctx }) => readChain(ctx)),
  verify: staffProcedure("auditor")
    .meta(rest("GET", "/audit/verification", "Blocks computed again from the rows as they are"))
    .input(verifyAuditInput)
    .output(verifyAuditOutput)
    .query(({ ctx, input }) => verifyChain(ctx, input)),
  witnessed: staffProcedure("auditor")
    .meta(rest("GET", "/audit/witnessed/{bank}", "Another bank's heads as this bank holds them"))
    .input(witnessedHeadsInput)
    .output(witnessedHeadsOutput)
    .query(({ ctx, input }) => readWitnessed(ctx, input)),
  export: staffProcedure("auditor")
    .meta(rest("GET", "/audit/export", "Blocks with rows, signatures and cosignatures"))
    .input(exportChainInput)
    .output(exportChainOutput)
    .query(({ ctx, input }) => exportChain(ctx, input)),
});
