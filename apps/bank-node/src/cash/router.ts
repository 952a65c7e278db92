import { cashInput, cashOutput } from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { deposit, withdraw } from "./move-cash.ts";

export const cashRouter = router({
  deposit: staffProcedure("teller")
    .input(cashInput)
    .output(cashOutput)
    .mutation(({ ctx, input }) => deposit(ctx, input)),
  withdraw: staffProcedure("teller")
    .input(cashInput)
    .output(cashOutput)
    .mutation(({ ctx, input }) => withdraw(ctx, input)),
});
