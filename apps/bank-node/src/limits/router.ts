import { getLimitsInput, limitsOutput, setLimitsInput } from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { readLimits, setLimits } from "./limits.ts";

export const limitsRouter = router({
  get: staffProcedure("teller", "supervisor", "auditor")
    .input(getLimitsInput)
    .output(limitsOutput)
    .query(async ({ ctx, input }) => ({ limits: await readLimits(ctx, input) })),
  set: staffProcedure("teller", "supervisor")
    .input(setLimitsInput)
    .output(limitsOutput)
    .mutation(async ({ ctx, input }) => ({ limits: await setLimits(ctx, input) })),
});
