import {
  answerPixMandateInput,
  cancelPixMandateInput,
  chargePixMandateInput,
  getPixMandateInput,
  listPixMandatesInput,
  listPixMandatesOutput,
  pixMandateOutput,
  proposePixMandateInput,
} from "@pacto/contract";
import { rest } from "../../rest/rest.ts";
import { router, staffProcedure } from "../../trpc.ts";
import {
  acceptMandate,
  cancelMandate,
  chargeMandate,
  listMandates,
  proposeMandate,
  readMandate,
  rejectMandate,
} from "./change-mandates.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const mandatesRouter = router({
  propose: staffProcedure("teller")
    .meta(rest("POST", "/pix/mandates", "Ask a payer to allow automatic debits"))
    .input(proposePixMandateInput)
    .output(pixMandateOutput)
    .mutation(async ({ ctx, input }) => ({ mandate: await proposeMandate(ctx, input) })),
  accept: staffProcedure("teller")
    .meta(rest("POST", "/pix/mandates/{id}/acceptance", "Allow automatic debits"))
    .input(answerPixMandateInput)
    .output(pixMandateOutput)
    .mutation(async ({ ctx, input }) => ({ mandate: await acceptMandate(ctx, input) })),
  reject: staffProcedure("teller")
    .meta(rest("POST", "/pix/mandates/{id}/rejection", "Do not allow automatic debits"))
    .input(answerPixMandateInput)
    .output(pixMandateOutput)
    .mutation(async ({ ctx, input }) => ({ mandate: await rejectMandate(ctx, input) })),
  cancel: staffProcedure("teller", "supervisor")
    .meta(rest("POST", "/pix/mandates/{id}/cancellation", "End a mandate"))
    .input(cancelPixMandateInput)
    .output(pixMandateOutput)
    .mutation(async ({ ctx, input }) => ({ mandate: await cancelMandate(ctx, input) })),
  charge: staffProcedure("teller")
    .meta(rest("POST", "/pix/mandates/{id}/charges", "Take what a mandate allows"))
    .input(chargePixMandateInput)
    .output(pixMandateOutput)
    .mutation(async ({ ctx, input }) => ({ mandate: await chargeMandate(ctx, input) })),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/pix/mandates/{id}", "One mandate with its charges"))
    .input(getPixMandateInput)
    .output(pixMandateOutput)
    .query(async ({ ctx, input }) => ({ mandate: await readMandate(ctx, input) })),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/pix/mandates", "Mandates of payers and receivers"))
    .input(listPixMandatesInput)
    .output(listPixMandatesOutput)
    .query(({ ctx, input }) => listMandates(ctx, input)),
});
