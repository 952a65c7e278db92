import {
  askDebitInput,
  debitOutput,
  listDebitsInput,
  listDebitsOutput,
  signDebitInput,
  signedDebitOutput,
  withdrawDebitInput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { askDebit, listDebits, signDebit, withdrawDebit } from "./pending-debits.ts";

export const debitsRouter = router({
  ask: staffProcedure("teller")
    .input(askDebitInput)
    .output(debitOutput)
    .mutation(async ({ ctx, input }) => ({ debit: await askDebit(ctx, input) })),
  sign: staffProcedure("teller")
    .input(signDebitInput)
    .output(signedDebitOutput)
    .mutation(({ ctx, input }) => signDebit(ctx, input)),
  withdraw: staffProcedure("teller")
    .input(withdrawDebitInput)
    .output(debitOutput)
    .mutation(async ({ ctx, input }) => ({ debit: await withdrawDebit(ctx, input) })),
  list: staffProcedure("teller", "supervisor", "auditor")
    .input(listDebitsInput)
    .output(listDebitsOutput)
    .query(({ ctx, input }) => listDebits(ctx, input)),
});
