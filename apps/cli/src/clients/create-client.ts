import { readBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { clientFacts } from "./show-client.ts";

export interface CreateClientOptions {
  readonly name: string;
  readonly taxId: string;
  readonly email?: string;
  readonly phone?: string;
  readonly key?: string;
}

/** Registers an individual or a company. @throws Refused with the bank's reason */
export async function createClient(
  session: Session,
  bankText: string,
  { key: keyText, ...input }: CreateClientOptions,
): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const key = readKey(keyText, session.language);
  const { client } = await askBank(
    session.consortium(),
    bank,
    (api) => api.clients.create.mutate({ ...input, idempotencyKey: key }),
    { key },
  );
  return {
    json: { client, idempotencyKey: key },
    lines: [session.language.texts.says.clientCreated, ...clientFacts(client, session)],
  };
}
