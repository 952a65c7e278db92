import { readClientReference } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { findClient } from "../clients/find-client.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { given, readWord } from "./read.ts";
import { tellList, tellOne } from "./tell.ts";

export interface EditClientOptions {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly status?: string;
  readonly shares?: string;
  readonly key?: string;
}

/** Edits a client at the version that was read a moment ago. @throws Refused */
export async function editClient(
  session: Session,
  reference: string,
  options: EditClientOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, client } = readClientReference(reference, language);
  const key = readKey(options.key, language);
  const { id, version } = await findClient(session, bank, client);
  const { name, email, phone, status, shares } = options;
  const asked = status && readWord(status, ["active", "inactive"], language);
  const sharesAccounts =
    shares === undefined ? undefined : readWord(shares, ["yes", "no"], language) === "yes";
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) =>
      api.clients.update.mutate({
        idempotencyKey: key,
        id,
        version,
        ...given("name", name),
        ...given("email", email),
        ...given("phone", phone),
        ...given("sharesAccounts", sharesAccounts),
        ...(asked ? { status: asked } : {}),
      }),
    { key },
  );
  return tellOne(session, answer.client, { ...answer, idempotencyKey: key });
}

/** What was edited of a client, a line for each field. */
export async function showClientHistory(session: Session, reference: string): Promise<Told> {
  const { bank, client } = readClientReference(reference, session.language);
  const { id } = await findClient(session, bank, client);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.clients.history.query({ id }),
  );
  const lines = answer.revisions.flatMap(({ changes, ...revision }) =>
    changes.map((change) => ({ ...revision, ...change })),
  );
  const columns = ["version", "changedAt", "changedBy", "field", "before", "after"] as const;
  return tellList(session, lines, columns, answer);
}

/** The client's accounts at the other banks. */
export async function showElsewhere(session: Session, reference: string): Promise<Told> {
  const { bank, client } = readClientReference(reference, session.language);
  const { id } = await findClient(session, bank, client);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.clients.elsewhere.query({ id }),
  );
  return tellList(session, answer.banks, ["bank", "status", "fetchedAt", "accounts"], answer);
}
