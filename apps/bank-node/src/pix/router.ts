import {
  listPixInput,
  listPixKeysInput,
  listPixKeysOutput,
  listPixOutput,
  movePixKeyInput,
  pixKeyOutput,
  registerPixKeyInput,
  removePixKeyInput,
  resolvePixKeyInput,
  resolvePixKeyOutput,
  sendPixInput,
  sentPixOutput,
  pixRulesOutput,
  setPixRulesInput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { moveKey, registerKey, removeKey } from "./change-keys.ts";
import { claimsRouter } from "./claims/router.ts";
import { listKeys } from "./list-keys.ts";
import { mandatesRouter } from "./mandates/router.ts";
import { requestsRouter } from "./requests/router.ts";
import { returnsRouter } from "./returns/router.ts";
import { schedulesRouter } from "./schedules/router.ts";
import { listPayments } from "./list-payments.ts";
import { resolveKey } from "./resolve-key.ts";
import { readRules, setRules } from "./rules/rules.ts";
import { sendPix } from "./send-pix.ts";

const readers = ["teller", "supervisor", "auditor"] as const;

export const pixRouter = router({
  claims: claimsRouter,
  mandates: mandatesRouter,
  requests: requestsRouter,
  returns: returnsRouter,
  schedules: schedulesRouter,
  registerKey: staffProcedure("teller")
    .input(registerPixKeyInput)
    .output(pixKeyOutput)
    .mutation(async ({ ctx, input }) => ({ key: await registerKey(ctx, input) })),
  moveKey: staffProcedure("teller")
    .input(movePixKeyInput)
    .output(pixKeyOutput)
    .mutation(async ({ ctx, input }) => ({ key: await moveKey(ctx, input) })),
  removeKey: staffProcedure("teller")
    .input(removePixKeyInput)
    .output(pixKeyOutput)
    .mutation(async ({ ctx, input }) => {
      await removeKey(ctx, input);
      return { key: null };
    }),
  keys: staffProcedure(...readers)
    .input(listPixKeysInput)
    .output(listPixKeysOutput)
    .query(({ ctx, input }) => listKeys(ctx, input)),
  // A mutation, for each lookup is counted against the payer's bucket.
  resolveKey: staffProcedure("teller")
    .input(resolvePixKeyInput)
    .output(resolvePixKeyOutput)
    .mutation(async ({ ctx, input }) => ({ payee: await resolveKey(ctx, input) })),
  send: staffProcedure("teller")
    .input(sendPixInput)
    .output(sentPixOutput)
    .mutation(async ({ ctx, input }) => ({ pix: await sendPix(ctx, input) })),
  payments: staffProcedure(...readers)
    .input(listPixInput)
    .output(listPixOutput)
    .query(async ({ ctx, input }) => ({ payments: await listPayments(ctx, input) })),
  rules: staffProcedure(...readers)
    .output(pixRulesOutput)
    .query(async ({ ctx }) => ({ rules: await readRules(ctx.bank.pools.api) })),
  setRules: staffProcedure("supervisor")
    .input(setPixRulesInput)
    .output(pixRulesOutput)
    .mutation(async ({ ctx, input }) => ({ rules: await setRules(ctx, input) })),
});
