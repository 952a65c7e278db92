import type { ClientView } from "@pacto/contract";
import { readClientReference } from "../arguments/references.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { accountTable } from "../accounts/account-lines.ts";
import { facts } from "../output/layout.ts";
import { moment } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { findClient } from "./find-client.ts";

const ACCOUNTS_MAX = 100;

/** One client and the accounts held at that bank. */
export async function showClient(session: Session, reference: string): Promise<Told> {
  const { bank, client: wanted } = readClientReference(reference, session.language);
  const client = await findClient(session, bank, wanted);
  const { accounts } = await askBank(session.consortium(), bank, (api) =>
    api.accounts.list.query({ clientId: client.id, limit: ACCOUNTS_MAX }),
  );
  const lines = clientFacts(client, session);
  const held = accounts.length > 0 ? ["", ...accountTable(accounts, session)] : [];
  return { json: { client, accounts }, lines: [...lines, ...held] };
}

export function clientFacts(client: ClientView, { language }: Session): string[] {
  const { labels, words } = language.texts;
  return facts([
    [labels.id, client.id],
    [labels.bank, client.bank],
    [labels.name, client.name],
    [labels.kind, words[client.kind]],
    [labels.taxId, client.taxIdMasked],
    [labels.email, client.email],
    [labels.phone, client.phone],
    [labels.since, moment(client.createdAt)],
  ]);
}
