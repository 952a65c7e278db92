import {
  decidePixReturnInput,
  getPixReturnInput,
  listPixReturnHoldsInput,
  listPixReturnHoldsOutput,
  listPixReturnsInput,
  listPixReturnsOutput,
  pixReturnHoldOutput,
  pixReturnOutput,
  reportPixReturnInput,
} from "@pacto/contract";
import { rest } from "../../rest/rest.ts";
import { router, staffProcedure } from "../../trpc.ts";
import { decideReturn } from "./decide-return.ts";
import { listHolds, listReturns, readReturn } from "./read-returns.ts";
import { reportReturn } from "./report-return.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const returnsRouter = router({
  report: staffProcedure("teller")
    .meta(rest("POST", "/pix/returns", "Report a PIX as a fraud"))
    .input(reportPixReturnInput)
    .output(pixReturnOutput)
    .mutation(async ({ ctx, input }) => ({ return: await reportReturn(ctx, input) })),
  // The one act of an auditor: what is blocked is neither the payer's bank's nor the teller's to give.
  decide: staffProcedure("auditor")
    .meta(rest("POST", "/pix/returns/holds/{id}/decision", "Decide on what is blocked here"))
    .input(decidePixReturnInput)
    .output(pixReturnHoldOutput)
    .mutation(async ({ ctx, input }) => ({ hold: await decideReturn(ctx, input) })),
  holds: staffProcedure(...readers)
    .meta(rest("GET", "/pix/returns/holds", "What is blocked here"))
    .input(listPixReturnHoldsInput)
    .output(listPixReturnHoldsOutput)
    .query(({ ctx, input }) => listHolds(ctx, input)),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/pix/returns/{id}", "A reported PIX and where the money went"))
    .input(getPixReturnInput)
    .output(pixReturnOutput)
    .query(async ({ ctx, input }) => ({ return: await readReturn(ctx, input.id) })),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/pix/returns", "Reported PIX"))
    .input(listPixReturnsInput)
    .output(listPixReturnsOutput)
    .query(({ ctx, input }) => listReturns(ctx, input)),
});
