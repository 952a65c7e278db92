import { readBank } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { tellList } from "../counter/tell.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { change, type Keyed } from "./change.ts";

/** `pacto pix webhook set`: what a key receives is told to an address from now on. */
export function setWebhook(
  session: Session,
  [bankText, pixKey, url]: readonly [string, string, string],
  options: Keyed,
): Promise<Told> {
  return change(session, {
    bank: readBank(bankText, session.language),
    options,
    send: (api, idempotencyKey) =>
      api.pix.webhooks.set.mutate({ idempotencyKey, key: pixKey, url }),
    thing: ({ webhook }) => ({ ...webhook, pixKey: webhook.key }),
  });
}

/** `pacto pix webhook remove`. */
export function removeWebhook(
  session: Session,
  [bankText, pixKey]: readonly [string, string],
  options: Keyed,
): Promise<Told> {
  return change(session, {
    bank: readBank(bankText, session.language),
    options,
    send: (api, idempotencyKey) => api.pix.webhooks.remove.mutate({ idempotencyKey, key: pixKey }),
    thing: () => ({ pixKey }),
  });
}

/** `pacto pix webhook list`. */
export async function listWebhooks(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const page = await askBank(session.consortium(), bank, (api) => api.pix.webhooks.list.query({}));
  const rows = page.webhooks.map((webhook) => ({
    ...webhook,
    pixKey: webhook.key,
    open: String(webhook.waiting),
    attempts: String(webhook.attempts),
  }));
  const columns = ["pixKey", "url", "open", "attempts", "lastError"] as const;
  return tellList(session, rows, columns, { bank, ...page });
}
