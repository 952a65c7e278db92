import { readAccountReference, readBank } from "../../arguments/references.ts";
import { askBank } from "../../consortium/ask-bank.ts";
import { readWord } from "../../counter/read.ts";
import { tellList } from "../../counter/tell.ts";
import type { Told } from "../../output/told.ts";
import type { Session } from "../../session.ts";
import { change, type Keyed, PATIENCE_MS, readId } from "../change.ts";

/** `pacto pix claim open`. */
export function openClaim(
  session: Session,
  [reference, pixKey]: readonly [string, string],
  options: Keyed,
): Promise<Told> {
  const { bank, account } = readAccountReference(reference, session.language);
  return change(session, {
    bank,
    options,
    timeoutMs: PATIENCE_MS,
    send: (api, idempotencyKey) =>
      api.pix.claims.open.mutate({ idempotencyKey, account, key: pixKey }),
    thing: ({ claim }) => claim,
  });
}

/** `pacto pix claim confirm` and `complete`. */
export function answerClaim(
  session: Session,
  [reference, verb]: readonly [string, "confirm" | "complete"],
  options: Keyed,
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  return change(session, {
    bank,
    options,
    timeoutMs: PATIENCE_MS,
    send: (api, idempotencyKey) => api.pix.claims[verb].mutate({ idempotencyKey, id }),
    thing: ({ claim }) => claim,
  });
}

/** `pacto pix claim cancel`. */
export function cancelClaim(
  session: Session,
  reference: string,
  options: Keyed & { readonly side?: string; readonly fraud?: boolean },
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  const side = readWord(options.side ?? "", ["claimer", "donor"] as const, session.language);
  const reason = options.fraud === true ? "fraud" : "client";
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) =>
      api.pix.claims.cancel.mutate({ idempotencyKey, id, side, reason }),
    thing: ({ claim }) => claim,
  });
}

/** `pacto pix claim list`. */
export async function listClaims(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.pix.claims.list.query({}));
  const columns = ["id", "side", "pixKey", "state", "otherBank", "account", "refusal"] as const;
  const claims = answer.claims.map((claim) => ({ ...claim, pixKey: claim.key }));
  return tellList(session, claims, columns, { bank, ...answer });
}
