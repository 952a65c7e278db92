import { readAmount } from "../../arguments/amount.ts";
import { readAccountReference, readBank } from "../../arguments/references.ts";
import { askBank } from "../../consortium/ask-bank.ts";
import { readWord } from "../../counter/read.ts";
import { tellList } from "../../counter/tell.ts";
import { WrongUsage } from "../../exit.ts";
import type { Told } from "../../output/told.ts";
import type { Session } from "../../session.ts";
import { change, type Keyed, readId } from "../change.ts";
import { EVERY } from "./schedules.ts";

export interface MandateOptions extends Keyed {
  readonly fixed?: string;
  readonly ceiling?: string;
  readonly every?: string;
  readonly from: string;
  readonly until?: string;
  readonly description?: string;
}

/** `pacto pix mandate propose`. */
export function proposeMandate(
  session: Session,
  [receiver, payerText]: readonly [string, string],
  options: MandateOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(receiver, language);
  const payer = readAccountReference(payerText, language);
  if ((options.fixed === undefined) === (options.ceiling === undefined)) {
    throw new WrongUsage(language.texts.pix.agreements.oneAmount);
  }
  const amount = (text: string | undefined) =>
    text === undefined ? null : readAmount(text, language);
  const terms = {
    fixedCentavos: amount(options.fixed),
    ceilingCentavos: amount(options.ceiling),
    every: readWord(options.every ?? "month", EVERY, language),
    startsOn: options.from,
    endsOn: options.until ?? null,
    description: options.description ?? "",
  };
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) =>
      api.pix.mandates.propose.mutate({ idempotencyKey, account, payer, terms }),
    thing: ({ mandate }) => mandate,
  });
}

/** `pacto pix mandate accept` and `reject`. */
export function answerMandate(
  session: Session,
  [reference, verb]: readonly [string, "accept" | "reject"],
  options: Keyed,
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.mandates[verb].mutate({ idempotencyKey, id }),
    thing: ({ mandate }) => mandate,
  });
}

/** `pacto pix mandate cancel`. */
export function cancelMandate(
  session: Session,
  reference: string,
  options: Keyed & { readonly side?: string },
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  const side = readWord(options.side ?? "", ["payer", "receiver"] as const, session.language);
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.mandates.cancel.mutate({ idempotencyKey, id, side }),
    thing: ({ mandate }) => mandate,
  });
}

/** `pacto pix mandate charge`. */
export function chargeMandate(
  session: Session,
  [reference, amount]: readonly [string, string],
  options: Keyed & { readonly on: string },
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  const wish = { id, amountCentavos: readAmount(amount, session.language), dueOn: options.on };
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.mandates.charge.mutate({ idempotencyKey, ...wish }),
    thing: ({ mandate }) => mandate.charges[0] ?? {},
  });
}

/** `pacto pix mandate list`. */
export async function listMandates(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.mandates.list.query({}),
  );
  const columns = ["id", "side", "state", "receiver", "payer", "refusal"] as const;
  return tellList(session, answer.mandates, columns, { bank, ...answer });
}
