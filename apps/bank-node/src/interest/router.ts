import {
  applyInterestInput,
  applyInterestOutput,
  interestRatesOutput,
  jobOutput,
  runInterestInput,
  setInterestRateInput,
  simulateInterestInput,
  simulateInterestOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { applyInterest } from "./apply-interest.ts";
import { listRates, setRate } from "./rates.ts";
import { runInterest } from "./run-interest.ts";
import { simulateInterest } from "./simulate-interest.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const interestRouter = router({
  rates: staffProcedure(...readers)
    .meta(
      rest("GET", "/interest/rates", "What savings earn and overdrafts cost, from which day on"),
    )
    .output(interestRatesOutput)
    .query(({ ctx }) => listRates(ctx)),
  setRate: staffProcedure("supervisor")
    .meta(rest("POST", "/interest/rates", "Set a rate from a day on"))
    .input(setInterestRateInput)
    .output(interestRatesOutput)
    .mutation(({ ctx, input }) => setRate(ctx, input)),
  simulate: staffProcedure(...readers)
    .meta(rest("GET", "/interest/simulation", "What an amount would bear"))
    .input(simulateInterestInput)
    .output(simulateInterestOutput)
    .query(({ input }) => simulateInterest(input)),
  applyRate: staffProcedure("supervisor")
    .meta(rest("POST", "/accounts/{number}/interest", "Credit interest on what is in the account"))
    .input(applyInterestInput)
    .output(applyInterestOutput)
    .mutation(({ ctx, input }) => applyInterest(ctx, input)),
  run: staffProcedure("supervisor")
    .meta(rest("POST", "/interest/runs", "Post the interest of a month, as a job"))
    .input(runInterestInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => ({ job: await runInterest(ctx, input) })),
});
