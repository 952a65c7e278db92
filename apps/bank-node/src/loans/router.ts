import {
  chargeLoansInput,
  chargeLoansOutput,
  createLoanInput,
  getLoanOutput,
  listLoansInput,
  listLoansOutput,
  loanNumberInput,
  loanOutput,
  loanPaymentOutput,
  payLoanByCheckInput,
  payLoanByTransferInput,
  payOffLoanInput,
  payoffQuoteOutput,
  simulateLoanInput,
  simulateLoanOutput,
  transferOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { chargeLoansNow } from "./charge-loans.ts";
import { createLoan } from "./create-loan.ts";
import { payLoanByCheck } from "./pay-by-check.ts";
import { payLoanByTransfer } from "./pay-by-transfer.ts";
import { payOffLoan, quotePayoff } from "./pay-off.ts";
import { getLoan, listLoans, simulateLoan } from "./read-loans.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const loansRouter = router({
  simulate: staffProcedure(...readers)
    .meta(rest("GET", "/loans/simulation", "What a loan would cost"))
    .input(simulateLoanInput)
    .output(simulateLoanOutput)
    .query(({ input }) => simulateLoan(input)),
  create: staffProcedure("teller")
    .meta(rest("POST", "/loans", "Lend money and pay it out to an account"))
    .input(createLoanInput)
    .output(loanOutput)
    .mutation(async ({ ctx, input }) => {
      const { number } = await createLoan(ctx, input);
      return { loan: (await getLoan(ctx, { number })).loan };
    }),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/loans/{number}", "One loan with its installments"))
    .input(loanNumberInput)
    .output(getLoanOutput)
    .query(({ ctx, input }) => getLoan(ctx, input)),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/loans", "Loans, newest first"))
    .input(listLoansInput)
    .output(listLoansOutput)
    .query(({ ctx, input }) => listLoans(ctx, input)),
  payByCheck: staffProcedure("teller")
    .meta(rest("POST", "/loans/{number}/checks", "Pay a loan with a check"))
    .input(payLoanByCheckInput)
    .output(loanPaymentOutput)
    .mutation(({ ctx, input }) => payLoanByCheck(ctx, input)),
  payByTransfer: staffProcedure("teller")
    .meta(rest("POST", "/loans/{number}/transfers", "Pay a loan from accounts of any banks"))
    .input(payLoanByTransferInput)
    .output(transferOutput)
    .mutation(async ({ ctx, input }) => ({ transfer: await payLoanByTransfer(ctx, input) })),
  payoffQuote: staffProcedure("teller", "supervisor")
    .meta(rest("GET", "/loans/{number}/payoff", "What would end the loan today"))
    .input(loanNumberInput)
    .output(payoffQuoteOutput)
    .query(({ ctx, input }) => quotePayoff(ctx, input)),
  payOff: staffProcedure("teller")
    .meta(
      rest("POST", "/loans/{number}/payoff", "Pay the whole debt with its interest until today"),
    )
    .input(payOffLoanInput)
    .output(loanPaymentOutput)
    .mutation(({ ctx, input }) => payOffLoan(ctx, input)),
  charge: staffProcedure("supervisor")
    .meta(rest("POST", "/loans/charges", "Charge what fell due on all loans"))
    .input(chargeLoansInput)
    .output(chargeLoansOutput)
    .mutation(({ ctx }) => chargeLoansNow(ctx)),
});
