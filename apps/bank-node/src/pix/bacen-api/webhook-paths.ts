import type { PixWebhookView } from "@pacto/contract";
import { z } from "zod";
import { pageOf, pageParameters, periodQuery } from "./list-query.ts";
import type { AddPath } from "./paths.ts";

const CHANGE = { subject: "Webhook", act: "operation" } as const;
const READ = { subject: "Webhook", act: "query" } as const;

const webhookBody = z.object({ webhookUrl: z.url().max(500) });

const openPeriod = z.object({
  ...periodQuery,
  inicio: periodQuery.inicio.default("1970-01-01T00:00:00.000Z"),
  fim: periodQuery.fim.default("9999-12-31T23:59:59.999Z"),
});

interface Listed {
  readonly webhooks: readonly PixWebhookView[];
  readonly total: number;
}

/** `/webhook/{chave}`: where a key's received PIX and finished refunds are told. */
export function addWebhookPaths(add: AddPath): void {
  add("PUT", "/webhook/:chave", CHANGE, async (asked) => {
    const { webhookUrl } = asked.body(webhookBody);
    const { chave = "" } = asked.params;
    const input = { idempotencyKey: asked.key, key: chave, url: webhookUrl };
    await asked.call("pix.webhooks.set", "mutation", input);
    return {};
  });
  add("GET", "/webhook/:chave", READ, async (asked) => {
    const { chave: key = "" } = asked.params;
    const { webhook } = await asked.call<{ webhook: PixWebhookView }>("pix.webhooks.get", "query", {
      key,
    });
    return { body: webhookShape(webhook) };
  });
  add("DELETE", "/webhook/:chave", CHANGE, async (asked) => {
    const { chave = "" } = asked.params;
    const input = { idempotencyKey: asked.key, key: chave };
    await asked.call("pix.webhooks.remove", "mutation", input);
    return { status: 204 };
  });
  add("GET", "/webhook", READ, async (asked) => {
    const query = asked.query(openPeriod);
    const page = pageOf(query);
    const { webhooks, total } = await asked.call<Listed>("pix.webhooks.list", "query", page);
    const parametros = pageParameters(query, total);
    return { body: { parametros, webhooks: webhooks.map(webhookShape) } };
  });
}

function webhookShape({ key, url, createdAt }: PixWebhookView): object {
  return { webhookUrl: url, chave: key, criacao: createdAt };
}
