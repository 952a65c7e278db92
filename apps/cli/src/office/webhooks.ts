import { type PageOptions, readPage } from "../arguments/page.ts";
import { readBank, splitBank } from "../arguments/references.ts";
import { readKey, readWhole } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { KeyOption } from "../counter/drawers.ts";
import { tellList, tellOne } from "../counter/tell.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** Who is told of a bank's events. */
export async function listWebhooks(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.webhooks.list.query());
  const rows = answer.endpoints.map((one) => ({
    ...one,
    types: one.types.join(", "),
    sentThrough: String(one.sentThrough),
  }));
  return tellList(session, rows, ["id", "url", "types", "status", "sentThrough"], answer);
}

/** Tells an address of events; its secret is shown this once. @throws Refused */
export async function addWebhook(
  session: Session,
  [bankText, url]: readonly [string, string],
  options: KeyOption & { readonly type?: readonly string[] },
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const input = { idempotencyKey, url, types: [...(options.type ?? ["*"])] };
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.webhooks.create.mutate(input),
    { key: idempotencyKey },
  );
  const { endpoint, secret } = answer;
  return tellOne(session, { ...endpoint, secret }, { ...answer, idempotencyKey });
}

export type WebhookChange = "pause" | "resume" | "remove";

const STATUS = { pause: "paused", resume: "active", remove: "removed" } as const;

/** Pauses an endpoint, goes on with it, or removes it. @throws Refused */
export async function changeWebhook(
  session: Session,
  verb: WebhookChange,
  reference: string,
  options: KeyOption,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.webhooks.change.mutate({ idempotencyKey, id, status: STATUS[verb] }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.endpoint, { ...answer, idempotencyKey });
}

/** Gives an endpoint a new secret, shown this once. @throws Refused */
export async function rotateWebhook(
  session: Session,
  reference: string,
  options: KeyOption,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.webhooks.rotate.mutate({ idempotencyKey, id }),
    { key: idempotencyKey },
  );
  const { endpoint, secret } = answer;
  return tellOne(session, { ...endpoint, secret }, { ...answer, idempotencyKey });
}

/** Sends an endpoint's events again from one on. @throws Refused */
export async function replayWebhook(
  session: Session,
  [reference, sequence]: readonly [string, string],
  options: KeyOption,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const idempotencyKey = readKey(options.key, session.language);
  const fromSequence = readWhole(sequence, [1, 999_999_999], session.language);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.webhooks.replay.mutate({ idempotencyKey, id, fromSequence }),
    { key: idempotencyKey },
  );
  return tellOne(session, answer.endpoint, { ...answer, idempotencyKey });
}

/** What an endpoint was told, newest first. */
export async function listDeliveries(
  session: Session,
  reference: string,
  options: PageOptions,
): Promise<Told> {
  const { bank, rest: id } = splitBank(reference, "BANK/ID", session.language);
  const page = readPage(options, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.webhooks.deliveries.query({ id, ...page }),
  );
  const rows = answer.deliveries.map((one) => ({
    ...one,
    sequence: String(one.sequence),
    attempts: String(one.attempts),
  }));
  const columns = [...(["sequence", "type", "at", "status", "attempts", "lastError"] as const)];
  const told = tellList(session, rows, columns, answer);
  if (answer.nextCursor === null) return told;
  return { ...told, lines: [...told.lines, session.language.texts.says.more(answer.nextCursor)] };
}
