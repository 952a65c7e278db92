import { readAccountReference, readBank } from "../../arguments/references.ts";
import { askBank } from "../../consortium/ask-bank.ts";
import { tellList, tellOne } from "../../counter/tell.ts";
import type { Told } from "../../output/told.ts";
import type { Session } from "../../session.ts";
import { change, type Keyed, PATIENCE_MS, readId } from "../change.ts";

/** `pacto pix return report`. */
export function reportReturn(
  session: Session,
  [reference, endToEndId]: readonly [string, string],
  options: Keyed & { readonly why: string; readonly operational?: boolean },
): Promise<Told> {
  const { bank, account } = readAccountReference(reference, session.language);
  const reason = options.operational === true ? "BE08" : "FR01";
  const wish = { account, endToEndId, description: options.why, reason } as const;
  return change(session, {
    bank,
    options,
    send: (api, idempotencyKey) => api.pix.returns.report.mutate({ idempotencyKey, ...wish }),
    thing: (answer) => answer.return,
  });
}

/** `pacto pix return show`: where the money went. */
export async function showReturn(session: Session, reference: string): Promise<Told> {
  const { bank, id } = readId(session, reference);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.returns.get.query({ id }),
  );
  const one = tellOne(session, answer.return, { bank, ...answer });
  const nodes = answer.return.nodes.map((node) => ({
    ...node,
    account: `${"  ".repeat(node.depth)}${node.bank}/${node.account}`,
  }));
  const columns = ["account", "soughtCentavos", "heldCentavos", "state"] as const;
  const { lines } = tellList(session, nodes, columns, answer);
  return { ...one, lines: [...one.lines.slice(1), ...lines] };
}

/** `pacto pix return list`: what clients of a bank reported. */
export async function listReturns(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) => api.pix.returns.list.query({}));
  const columns = ["id", "account", "amountCentavos", "heldCentavos"] as const;
  return tellList(session, answer.returns, columns, { bank, ...answer });
}

/** `pacto pix return holds`: what a bank blocks. */
export async function listReturnHolds(session: Session, bankText: string): Promise<Told> {
  const bank = readBank(bankText, session.language);
  const answer = await askBank(session.consortium(), bank, (api) =>
    api.pix.returns.holds.query({}),
  );
  const amounts = ["soughtCentavos", "heldCentavos", "stillSoughtCentavos"] as const;
  const columns = ["id", "account", ...amounts, "state"] as const;
  return tellList(session, answer.holds, columns, { bank, ...answer });
}

/** `pacto pix return accept` and `reject`: an auditor's decision. */
export function decideReturn(
  session: Session,
  [reference, verb]: readonly [string, "accept" | "reject"],
  options: Keyed & { readonly note: string },
): Promise<Told> {
  const { bank, id } = readId(session, reference);
  const wish = { id, isAccepted: verb === "accept", note: options.note };
  return change(session, {
    bank,
    options,
    timeoutMs: PATIENCE_MS,
    send: (api, idempotencyKey) => api.pix.returns.decide.mutate({ idempotencyKey, ...wish }),
    thing: ({ hold }) => hold,
  });
}
