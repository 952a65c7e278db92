import { engineOutput, statusOutput, summaryOutput } from "@pacto/contract";
import { openProcedure, router, staffProcedure } from "../trpc.ts";
import { readStatus, readSummary } from "./read-status.ts";

export const statusRouter = router({
  get: openProcedure.output(statusOutput).query(({ ctx }) => readStatus(ctx.bank.status)),
  summary: staffProcedure("teller", "supervisor", "auditor", "operator")
    .output(summaryOutput)
    .query(({ ctx }) => readSummary(ctx.bank.id, ctx.bank.pools.api)),
  engine: staffProcedure("operator", "auditor")
    .output(engineOutput)
    .query(({ ctx }) => ({ ...ctx.bank.status.engine })),
});
