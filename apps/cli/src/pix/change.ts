import { readKey } from "../arguments/scalars.ts";
import { splitBank } from "../arguments/references.ts";
import { askBank, type BankApi } from "../consortium/ask-bank.ts";
import { tellOne } from "../counter/tell.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** A majority of the banks has to agree when a key moves, all payers' banks when money does. */
export const PATIENCE_MS = 40_000;

export interface Keyed {
  readonly key?: string;
}

export interface Change<Answer> {
  readonly bank: string;
  readonly options: Keyed;
  readonly timeoutMs?: number;
  readonly send: (api: BankApi, idempotencyKey: string) => Promise<Answer>;
  /** What of the answer people read. */
  readonly thing: (answer: Answer) => object;
}

/** Asks a bank for a change, under the caller's key or a new one, and tells what became of it. */
export async function change<Answer extends object>(
  session: Session,
  { bank, options, timeoutMs, send, thing }: Change<Answer>,
): Promise<Told & { readonly answer: Answer }> {
  const key = readKey(options.key, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => send(api, key), {
    key,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const json = { bank, ...answer, idempotencyKey: key };
  return { ...tellOne(session, thing(answer), json), answer };
}

/** Reads `azul/ID`. @throws WrongUsage */
export function readId(session: Session, reference: string): { bank: string; id: string } {
  const form = session.language.locale === "en" ? "BANK/ID" : "BANCO/ID";
  const { bank, rest: id } = splitBank(reference, form, session.language);
  return { bank, id };
}
