import { engineOutput, statusOutput, summaryOutput } from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { openProcedure, router, staffProcedure } from "../trpc.ts";
import { readStatus, readSummary } from "./read-status.ts";

export const statusRouter = router({
  get: openProcedure
    .meta(rest("GET", "/status", "How the bank is"))
    .output(statusOutput)
    .query(({ ctx }) => readStatus(ctx.bank.status)),
  summary: staffProcedure("teller", "supervisor", "auditor", "operator")
    .meta(rest("GET", "/summary", "The bank in figures"))
    .output(summaryOutput)
    .query(({ ctx }) => readSummary(ctx.bank.id, ctx.bank.pools.api)),
  engine: staffProcedure("operator", "auditor")
    .output(engineOutput)
    .query(({ ctx }) => ({ ...ctx.bank.status.engine })),
});
