import {
  pixGetWebhookInput,
  pixListWebhooksInput,
  pixListWebhooksOutput,
  pixRemovedWebhookOutput,
  pixRemoveWebhookInput,
  pixSetWebhookInput,
  pixWebhookOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../../trpc.ts";
import { getWebhook, listWebhooks, removeWebhook, setWebhook } from "./webhooks.ts";

const readers = ["teller", "supervisor", "auditor", "operator"] as const;

export const webhooksRouter = router({
  set: staffProcedure("teller", "operator")
    .input(pixSetWebhookInput)
    .output(pixWebhookOutput)
    .mutation(async ({ ctx, input }) => ({ webhook: await setWebhook(ctx, input) })),
  remove: staffProcedure("teller", "operator")
    .input(pixRemoveWebhookInput)
    .output(pixRemovedWebhookOutput)
    .mutation(async ({ ctx, input }) => {
      await removeWebhook(ctx, input);
      return {};
    }),
  get: staffProcedure(...readers)
    .input(pixGetWebhookInput)
    .output(pixWebhookOutput)
    .query(async ({ ctx, input }) => ({ webhook: await getWebhook(ctx, input) })),
  list: staffProcedure(...readers)
    .input(pixListWebhooksInput)
    .output(pixListWebhooksOutput)
    .query(({ ctx, input }) => listWebhooks(ctx, input)),
});
