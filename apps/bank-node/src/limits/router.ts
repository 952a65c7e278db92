import { getLimitsInput, limitsOutput, setLimitsInput } from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { readLimits, setLimits } from "./limits.ts";

export const limitsRouter = router({
  get: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("POST", "/limits/readings", "What an account or a client may spend, and has spent"))
    .input(getLimitsInput)
    .output(limitsOutput)
    .query(async ({ ctx, input }) => ({ limits: await readLimits(ctx, input) })),
  set: staffProcedure("teller", "supervisor")
    .meta(rest("PUT", "/limits", "Set what an account or a client may spend"))
    .input(setLimitsInput)
    .output(limitsOutput)
    .mutation(async ({ ctx, input }) => ({ limits: await setLimits(ctx, input) })),
});
