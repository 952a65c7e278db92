import {
  accountReport,
  accountReportInput,
  dayReport,
  dayReportInput,
  loanReport,
  loanReportInput,
  reportFileInput,
  reportFileOutput,
  trialBalance,
  trialBalanceInput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { reportAccount } from "./account-report.ts";
import { reportDay } from "./day-report.ts";
import { reportLoan } from "./loan-report.ts";
import { makeReportFile } from "./report-file.ts";
import { readTrialBalance } from "./trial-balance.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const reportsRouter = router({
  account: staffProcedure(...readers)
    .meta(
      rest("GET", "/reports/accounts/{number}", "What an account's entries of some days sum to"),
    )
    .input(accountReportInput)
    .output(accountReport)
    .query(({ ctx, input }) => reportAccount(ctx, input)),
  loan: staffProcedure(...readers)
    .meta(rest("GET", "/reports/loans/{number}", "A loan's plan and all that happened to its debt"))
    .input(loanReportInput)
    .output(loanReport)
    .query(({ ctx, input }) => reportLoan(ctx, input)),
  day: staffProcedure(...readers)
    .meta(rest("GET", "/reports/days/{on}", "One day of the whole bank"))
    .input(dayReportInput)
    .output(dayReport)
    .query(({ ctx, input }) => reportDay(ctx, input)),
  trialBalance: staffProcedure("supervisor", "auditor")
    .meta(rest("GET", "/reports/trial-balance", "All balances at an instant, both columns equal"))
    .input(trialBalanceInput)
    .output(trialBalance)
    .query(({ ctx, input }) => readTrialBalance(ctx, input)),
  file: staffProcedure(...readers)
    .meta(rest("POST", "/reports/files", "A report as PDF, CSV, OFX or JSON"))
    .input(reportFileInput)
    .output(reportFileOutput)
    .query(({ ctx, input }) => makeReportFile(ctx, input)),
});
