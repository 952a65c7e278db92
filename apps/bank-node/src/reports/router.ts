import {
  accountReport,
  accountReportInput,
  dayReport,
  dayReportInput,
  loanReport,
  listSettlementsInput,
  listSettlementsOutput,
  loanReportInput,
  matchInput,
  matchReport,
  positionsOutput,
  reportFileInput,
  reportFileOutput,
  settleInput,
  settlementInput,
  settlementOutput,
  trialBalance,
  trialBalanceInput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { reportAccount } from "./account-report.ts";
import { reportDay } from "./day-report.ts";
import { reportLoan } from "./loan-report.ts";
import { matchDay } from "./match.ts";
import { readPositions } from "./positions.ts";
import { makeReportFile } from "./report-file.ts";
import { settle } from "./settle.ts";
import { listSettlements, readSettlement } from "./settlements.ts";
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
  positions: staffProcedure("supervisor", "auditor", "operator")
    .meta(rest("GET", "/reports/positions", "Every bank's position towards all others"))
    .output(positionsOutput)
    .query(({ ctx }) => readPositions(ctx)),
  settle: staffProcedure("supervisor")
    .meta(rest("POST", "/settlements", "Post every bank's position to zero, all or nothing"))
    .input(settleInput)
    .output(settlementOutput)
    .mutation(async ({ ctx, input }) => ({ settlement: await settle(ctx, input) })),
  settlement: staffProcedure("supervisor", "auditor", "operator")
    .meta(rest("GET", "/settlements/{id}", "One settlement run"))
    .input(settlementInput)
    .output(settlementOutput)
    .query(async ({ ctx, input }) => ({ settlement: (await readSettlement(ctx, input.id)).view })),
  settlements: staffProcedure("supervisor", "auditor", "operator")
    .meta(rest("GET", "/settlements", "Settlement runs, newest first"))
    .input(listSettlementsInput)
    .output(listSettlementsOutput)
    .query(({ ctx, input }) => listSettlements(ctx, input)),
  match: staffProcedure("supervisor", "auditor", "operator")
    .meta(rest("GET", "/reports/matches/{on}", "Both banks' views of each transaction of a day"))
    .input(matchInput)
    .output(matchReport)
    .query(({ ctx, input }) => matchDay(ctx, input)),
  file: staffProcedure(...readers)
    .meta(rest("POST", "/reports/files", "A report as PDF, CSV, OFX or JSON"))
    .input(reportFileInput)
    .output(reportFileOutput)
    .query(({ ctx, input }) => makeReportFile(ctx, input)),
});
