import type { LimitOwner, LimitsView } from "@pacto/contract";
import { readAmount } from "../arguments/amount.ts";
import { normalAccount, readClientReference } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { findClient } from "../clients/find-client.ts";
import { askBank } from "../consortium/ask-bank.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { tellOne } from "./tell.ts";

export interface LimitOptions {
  readonly transaction?: string;
  readonly day?: string;
  readonly night?: string;
  readonly key?: string;
}

/** Limits of an account or a client, and what is used of them. */
export async function showLimits(session: Session, reference: string): Promise<Told> {
  const { bank, owner } = await readOwner(session, reference);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.limits.get.query({ owner }),
  );
  return tell(session, answer.limits, answer);
}

/** Sets all three limits; those left out are none. @throws Refused */
export async function setLimits(
  session: Session,
  reference: string,
  options: LimitOptions,
): Promise<Told> {
  const { language } = session;
  const idempotencyKey = readKey(options.key, language);
  const bound = (text: string | undefined) =>
    text === undefined ? null : readAmount(text, language, true);
  const terms = {
    perTransactionCentavos: bound(options.transaction),
    perDayCentavos: bound(options.day),
    perNightCentavos: bound(options.night),
  };
  const { bank, owner } = await readOwner(session, reference);
  const answer = await askBank(
    session.consortium(),
    bank,
    (api) => api.limits.set.mutate({ idempotencyKey, owner, terms }),
    { key: idempotencyKey },
  );
  return tell(session, answer.limits, { ...answer, idempotencyKey });
}

function tell(session: Session, { terms, next, period, usedCentavos }: LimitsView, json: unknown) {
  const now = tellOne(session, { ...terms, period, usedCentavos }, json);
  if (next === null) return now;
  const later = tellOne(session, { at: next.at, ...next.terms });
  return { ...now, lines: [...now.lines, "", ...later.lines.slice(1)] };
}

/** An account's number, or else a client by id, CPF or CNPJ. */
async function readOwner(
  session: Session,
  reference: string,
): Promise<{ readonly bank: string; readonly owner: LimitOwner }> {
  const { bank, client } = readClientReference(reference, session.language);
  const account = normalAccount(client);
  if (account !== undefined) return { bank, owner: { account } };
  return { bank, owner: { client: (await findClient(session, bank, client)).id } };
}
