import {
  askDebitInput,
  debitOutput,
  listDebitsInput,
  listDebitsOutput,
  signDebitInput,
  signedDebitOutput,
  withdrawDebitInput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { askDebit, listDebits, signDebit, withdrawDebit } from "./pending-debits.ts";

export const debitsRouter = router({
  ask: staffProcedure("teller")
    .meta(rest("POST", "/debits", "Ask for a debit that both holders sign"))
    .input(askDebitInput)
    .output(debitOutput)
    .mutation(async ({ ctx, input }) => ({ debit: await askDebit(ctx, input) })),
  sign: staffProcedure("teller")
    .meta(rest("POST", "/debits/{id}/signatures", "Sign a debit as the second holder"))
    .input(signDebitInput)
    .output(signedDebitOutput)
    .mutation(({ ctx, input }) => signDebit(ctx, input)),
  withdraw: staffProcedure("teller")
    .meta(rest("POST", "/debits/{id}/withdrawals", "Take a request for a debit back"))
    .input(withdrawDebitInput)
    .output(debitOutput)
    .mutation(async ({ ctx, input }) => ({ debit: await withdrawDebit(ctx, input) })),
  list: staffProcedure("teller", "supervisor", "auditor")
    .meta(
      rest("GET", "/debits", "Debits that wait for the second holder, and what became of others"),
    )
    .input(listDebitsInput)
    .output(listDebitsOutput)
    .query(({ ctx, input }) => listDebits(ctx, input)),
});
