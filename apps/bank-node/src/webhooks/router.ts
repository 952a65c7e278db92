import {
  changeWebhookInput,
  createWebhookInput,
  listDeliveriesInput,
  listDeliveriesOutput,
  replayWebhookInput,
  rotateWebhookInput,
  webhookOutput,
  webhookSecretOutput,
  webhooksOutput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { listDeliveries } from "./deliveries.ts";
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  replayWebhook,
  rotateWebhook,
} from "./endpoints.ts";

export const webhooksRouter = router({
  list: staffProcedure("operator", "auditor")
    .meta(rest("GET", "/webhooks", "Who is told of events, and where endpoints may be"))
    .output(webhooksOutput)
    .query(({ ctx }) => listWebhooks(ctx)),
  create: staffProcedure("operator")
    .meta(rest("POST", "/webhooks", "Tell an address of events; its secret is shown once"))
    .input(createWebhookInput)
    .output(webhookSecretOutput)
    .mutation(({ ctx, input }) => createWebhook(ctx, input)),
  change: staffProcedure("operator")
    .meta(rest("PATCH", "/webhooks/{id}", "Pause an endpoint, go on with it, or remove it"))
    .input(changeWebhookInput)
    .output(webhookOutput)
    .mutation(async ({ ctx, input }) => ({ endpoint: await changeWebhook(ctx, input) })),
  rotate: staffProcedure("operator")
    .meta(rest("POST", "/webhooks/{id}/secrets", "Give an endpoint a new secret"))
    .input(rotateWebhookInput)
    .output(webhookSecretOutput)
    .mutation(({ ctx, input }) => rotateWebhook(ctx, input)),
  replay: staffProcedure("operator")
    .meta(rest("POST", "/webhooks/{id}/replays", "Send events again, in order"))
    .input(replayWebhookInput)
    .output(webhookOutput)
    .mutation(async ({ ctx, input }) => ({ endpoint: await replayWebhook(ctx, input) })),
  deliveries: staffProcedure("operator", "auditor")
    .meta(rest("GET", "/webhooks/{id}/deliveries", "What an endpoint was told, newest first"))
    .input(listDeliveriesInput)
    .output(listDeliveriesOutput)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),
});
