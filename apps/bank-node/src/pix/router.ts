import {
  confirmPixInput,
  confirmPixOutput,
  getPixInput,
  getRefundInput,
  listPixInput,
  listPixKeysInput,
  listPixKeysOutput,
  listPixOutput,
  listReceivedInput,
  listReceivedOutput,
  movePixKeyInput,
  pixDetail,
  pixKeyOutput,
  receivedPixOutput,
  refundOutput,
  refundPixInput,
  registerPixKeyInput,
  removePixKeyInput,
  resolvePixKeyInput,
  resolvePixKeyOutput,
  sendPixInput,
  sentPixOutput,
  pixRulesOutput,
  setPixRulesInput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { chargesRouter } from "./charges/router.ts";
import { moveKey, registerKey, removeKey } from "./change-keys.ts";
import { claimsRouter } from "./claims/router.ts";
import { listKeys } from "./list-keys.ts";
import { mandatesRouter } from "./mandates/router.ts";
import { requestsRouter } from "./requests/router.ts";
import { returnsRouter } from "./returns/router.ts";
import { schedulesRouter } from "./schedules/router.ts";
import { listPayments } from "./list-payments.ts";
import { listReceived, getReceived } from "./refunds/received.ts";
import { getRefund, readPix } from "./refunds/read-refunds.ts";
import { refundPix } from "./refunds/refund-pix.ts";
import { resolveKey } from "./resolve-key.ts";
import { readRules, setRules } from "./rules/rules.ts";
import { confirmPayee } from "./send/confirm-payee.ts";
import { sendPix } from "./send-pix.ts";
import { webhooksRouter } from "./webhooks/router.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const pixRouter = router({
  claims: claimsRouter,
  mandates: mandatesRouter,
  requests: requestsRouter,
  returns: returnsRouter,
  schedules: schedulesRouter,
  charges: chargesRouter,
  webhooks: webhooksRouter,
  registerKey: staffProcedure("teller")
    .meta(rest("POST", "/pix/keys", "Register a PIX key, a random one where none is given"))
    .input(registerPixKeyInput)
    .output(pixKeyOutput)
    .mutation(async ({ ctx, input }) => ({ key: await registerKey(ctx, input) })),
  moveKey: staffProcedure("teller")
    .meta(rest("POST", "/pix/keys/{key}/move", "Point a key to another account of the same person"))
    .input(movePixKeyInput)
    .output(pixKeyOutput)
    .mutation(async ({ ctx, input }) => ({ key: await moveKey(ctx, input) })),
  removeKey: staffProcedure("teller")
    .meta(rest("DELETE", "/pix/keys/{key}", "Remove a PIX key"))
    .input(removePixKeyInput)
    .output(pixKeyOutput)
    .mutation(async ({ ctx, input }) => {
      await removeKey(ctx, input);
      return { key: null };
    }),
  keys: staffProcedure(...readers)
    .meta(rest("GET", "/pix/keys", "PIX keys of accounts here"))
    .input(listPixKeysInput)
    .output(listPixKeysOutput)
    .query(({ ctx, input }) => listKeys(ctx, input)),
  // A mutation, for each lookup is counted against the payer's bucket.
  resolveKey: staffProcedure("teller")
    .input(resolvePixKeyInput)
    .output(resolvePixKeyOutput)
    .mutation(async ({ ctx, input }) => ({ payee: await resolveKey(ctx, input) })),
  // A mutation for the same reason.
  confirm: staffProcedure("teller")
    .meta(rest("POST", "/pix/payees", "Whom a key, a BR Code or an account would pay"))
    .input(confirmPixInput)
    .output(confirmPixOutput)
    .mutation(({ ctx, input }) => confirmPayee(ctx, input)),
  send: staffProcedure("teller")
    .meta(rest("POST", "/pix/payments", "Send a PIX, from one account or several"))
    .input(sendPixInput)
    .output(sentPixOutput)
    .mutation(async ({ ctx, input }) => ({ pix: await sendPix(ctx, input) })),
  refund: staffProcedure("teller", "supervisor")
    .meta(
      rest(
        "POST",
        "/pix/payments/{endToEndId}/refunds",
        "Give a received PIX back, or a part of it",
      ),
    )
    .input(refundPixInput)
    .output(refundOutput)
    .mutation(async ({ ctx, input }) => ({ refund: await refundPix(ctx, input) })),
  getRefund: staffProcedure(...readers)
    .meta(rest("GET", "/pix/payments/{endToEndId}/refunds/{id}", "One refund"))
    .input(getRefundInput)
    .output(refundOutput)
    .query(async ({ ctx, input }) => ({ refund: await getRefund(ctx, input) })),
  get: staffProcedure(...readers)
    .meta(rest("GET", "/pix/payments/{endToEndId}", "One PIX with its refunds"))
    .input(getPixInput)
    .output(pixDetail)
    .query(({ ctx, input }) => readPix(ctx, input.endToEndId)),
  received: staffProcedure(...readers)
    .input(listReceivedInput)
    .output(listReceivedOutput)
    .query(({ ctx, input }) => listReceived(ctx, input)),
  getReceived: staffProcedure(...readers)
    .input(getPixInput)
    .output(receivedPixOutput)
    .query(async ({ ctx, input }) => ({ pix: await getReceived(ctx.bank, input.endToEndId) })),
  payments: staffProcedure(...readers)
    .meta(rest("GET", "/pix/payments", "PIX sent and received"))
    .input(listPixInput)
    .output(listPixOutput)
    .query(async ({ ctx, input }) => ({ payments: await listPayments(ctx, input) })),
  rules: staffProcedure(...readers)
    .meta(rest("GET", "/pix/rules", "How PIX works at this bank"))
    .output(pixRulesOutput)
    .query(async ({ ctx }) => ({ rules: await readRules(ctx.bank.pools.api) })),
  setRules: staffProcedure("supervisor")
    .meta(rest("PATCH", "/pix/rules", "Change how PIX works at this bank"))
    .input(setPixRulesInput)
    .output(pixRulesOutput)
    .mutation(async ({ ctx, input }) => ({ rules: await setRules(ctx, input) })),
});
