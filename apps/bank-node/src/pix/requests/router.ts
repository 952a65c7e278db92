import {
  answerPixRequestInput,
  declinePixRequestInput,
  getPixRequestInput,
  listPixRequestsInput,
  listPixRequestsOutput,
  pixRequestOutput,
  sendPixRequestInput,
} from "@pacto/contract";
import { rest } from "../../rest/rest.ts";
import { router, staffProcedure } from "../../trpc.ts";
import {
  acceptRequest,
  cancelRequest,
  declineRequest,
  listRequests,
  readRequest,
  sendRequest,
} from "./change-requests.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const requestsRouter = router({
  send: staffProcedure("teller")
    .meta(rest("POST", "/pix/requests", "Send a charge to a client of any bank"))
    .input(sendPixRequestInput)
    .output(pixRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await sendRequest(ctx, input) })),
  accept: staffProcedure("teller")
    .meta(rest("POST", "/pix/requests/{id}/payment", "Pay what was asked for"))
    .input(answerPixRequestInput)
    .output(pixRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await acceptRequest(ctx, input) })),
  decline: staffProcedure("teller")
    .meta(rest("POST", "/pix/requests/{id}/refusal", "Decline to pay"))
    .input(declinePixRequestInput)
    .output(pixRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await declineRequest(ctx, input) })),
  cancel: staffProcedure("teller")
    .meta(rest("POST", "/pix/requests/{id}/cancellation", "Take a request back"))
    .input(answerPixRequestInput)
    .output(pixRequestOutput)
    .mutation(async ({ ctx, input }) => ({ request: await cancelRequest(ctx, input) })),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/pix/requests/{id}", "One request to pay"))
    .input(getPixRequestInput)
    .output(pixRequestOutput)
    .query(async ({ ctx, input }) => ({ request: await readRequest(ctx, input) })),
  list: staffProcedure(...readers)
    .meta(rest("GET", "/pix/requests", "Requests to pay, sent and received"))
    .input(listPixRequestsInput)
    .output(listPixRequestsOutput)
    .query(({ ctx, input }) => listRequests(ctx, input)),
});
