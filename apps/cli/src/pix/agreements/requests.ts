import { readAmount } from "../../arguments/amount.ts";
import { readAccountReference, readBank } from "../../arguments/references.ts";
import { readWhole } from "../../arguments/scalars.ts";
import { askBank } from "../../consortium/ask-bank.ts";
import { tellList } from "../../counter/tell.ts";
import type { Told } from "../../output/told.ts";
import type { Session } from "../../session.ts";
import { change, type Keyed, PATIENCE_MS, readId } from "../change.ts";
import { readTarget } from "../target.ts";

const OPEN_DAYS_MAX = 90;

export interface RequestOptions extends Keyed {
  readonly description?: string;
  readonly days?: string;
}

/** `pacto pix request send`. */
export function sendRequest(
  session: Session,
  [reference, target, amount]: readonly [string, string, string],
  options: RequestOptions,
): Promise<Told> {
  const { language } = session;
  const { bank, account } = readAccountReference(reference, language);
  const wish = {
    account,
    payer: readTarget(session, target),
    amountCentavos: readAmount(amount, language),
    description: options.description ?? "",
    openDays: readWhole(options.days ?? "7", [1, OPEN_DAYS_MAX], language),
  };
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.requests.send.mutate({ idempotencyKey, ...wish }),
    thing: ({ request }) => request,
  });
}

/** `pacto pix request accept` and `cancel`; exit 1 when it could not be paid. */
export async function answerRequest(
  session: Session,
  [reference, verb]: readonly [string, "accept" | "cancel"],
  options: Keyed,
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  const { answer, ...told } = await change(session, {
    bank,
    options,
    timeoutMs: PATIENCE_MS,
    send: (api, idempotencyKey) => api.pix.requests[verb].mutate({ idempotencyKey, id }),
    thing: ({ request }) => request,
  });
  const { state, refusal } = answer.request;
  if (state === "paying") return { ...told, exit: 3 };
  return refusal === null ? told : { ...told, exit: 1, refusal };
}

/** `pacto pix request decline`. */
export function declineRequest(
  session: Session,
  reference: string,
  options: Keyed & { readonly reason?: string },
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  const reason = options.reason ?? "";
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.requests.decline.mutate({ idempotencyKey, id, reason }),
    thing: ({ request }) => request,
  });
}

/** `pacto pix request list`. */
export async function listRequests(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.requests.list.query({}),
  );
  const columns = ["id", "side", "state", "payee", "payer", "amountCentavos", "refusal"] as const;
  return tellList(session, answer.requests, columns, { bank, ...answer });
}
