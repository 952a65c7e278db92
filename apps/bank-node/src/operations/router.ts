import {
  decideHeuristicInput,
  drainOutput,
  evidenceOutput,
  heuristicRequestOutput,
  heuristicRequestsOutput,
  mayOperateOutput,
  receiptInput,
  requestHeuristicInput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { drain, readDrain, resume } from "./drain.ts";
import { readEvidence } from "./evidence.ts";
import { decideHeuristic, listHeuristicRequests, requestHeuristic } from "./heuristic.ts";

/** What operators do with a node: never a way around the ledger. */
export const operationsRouter = router({
  mayOperate: staffProcedure("operator")
    .output(mayOperateOutput)
    .query(({ ctx }) => ({ bank: ctx.bank.id })),
  drainState: staffProcedure("operator", "auditor")
    .meta(rest("GET", "/operations/drain", "Whether the bank takes new transfers"))
    .output(drainOutput)
    .query(({ ctx }) => readDrain(ctx.bank.pools.api)),
  drain: staffProcedure("operator")
    .meta(rest("POST", "/operations/drain", "Take no new transfers and finish the open ones"))
    .output(drainOutput)
    .mutation(({ ctx }) => drain(ctx)),
  resume: staffProcedure("operator")
    .meta(rest("POST", "/operations/resume", "Take new transfers again"))
    .output(drainOutput)
    .mutation(({ ctx }) => resume(ctx)),
  requestHeuristic: staffProcedure("operator")
    .meta(rest("POST", "/operations/heuristics", "Ask for a decision without the consortium"))
    .input(requestHeuristicInput)
    .output(heuristicRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await requestHeuristic(ctx, input) })),
  decideHeuristic: staffProcedure("operator", "supervisor")
    .meta(rest("POST", "/operations/heuristics/{id}/decision", "Decide such a request"))
    .input(decideHeuristicInput)
    .output(heuristicRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await decideHeuristic(ctx, input) })),
  heuristicRequests: staffProcedure("operator", "supervisor", "auditor")
    .meta(rest("GET", "/operations/heuristics", "Requests for such decisions"))
    .output(heuristicRequestsOutput)
    .query(async ({ ctx }) => ({
      bank: ctx.bank.id,
      requests: await listHeuristicRequests(ctx),
    })),
  evidence: staffProcedure("operator", "supervisor", "auditor")
    .meta(rest("GET", "/operations/evidence/{id}", "What is known of a transaction in doubt"))
    .input(receiptInput)
    .output(evidenceOutput)
    .query(({ ctx, input }) => readEvidence(ctx, input.id)),
});
