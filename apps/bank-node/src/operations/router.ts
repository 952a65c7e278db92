import {
  decideHeuristicInput,
  drainOutput,
  evidenceOutput,
  heuristicRequestOutput,
  heuristicRequestsOutput,
  receiptInput,
  requestHeuristicInput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { drain, readDrain, resume } from "./drain.ts";
import { readEvidence } from "./evidence.ts";
import { decideHeuristic, listHeuristicRequests, requestHeuristic } from "./heuristic.ts";

/** What operators do with a node: never a way around the ledger. */
export const operationsRouter = router({
  drainState: staffProcedure("operator", "auditor")
    .output(drainOutput)
    .query(({ ctx }) => readDrain(ctx.bank.pools.api)),
  drain: staffProcedure("operator")
    .output(drainOutput)
    .mutation(({ ctx }) => drain(ctx)),
  resume: staffProcedure("operator")
    .output(drainOutput)
    .mutation(({ ctx }) => resume(ctx)),
  requestHeuristic: staffProcedure("operator")
    .input(requestHeuristicInput)
    .output(heuristicRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await requestHeuristic(ctx, input) })),
  decideHeuristic: staffProcedure("operator", "supervisor")
    .input(decideHeuristicInput)
    .output(heuristicRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await decideHeuristic(ctx, input) })),
  heuristicRequests: staffProcedure("operator", "supervisor", "auditor")
    .output(heuristicRequestsOutput)
    .query(async ({ ctx }) => ({ requests: await listHeuristicRequests(ctx) })),
  evidence: staffProcedure("operator", "supervisor", "auditor")
    .input(receiptInput)
    .output(evidenceOutput)
    .query(({ ctx, input }) => readEvidence(ctx, input.id)),
});
