import type { PixLetter, PixReturnNode } from "@pacto/contract";
import type { Tx } from "../../database/transaction.ts";
import { notify } from "../../notifications/notify.ts";
import type { Received } from "../letters/receive-letter.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { newReturnId } from "../mint-id.ts";
import { amountThatCame } from "./follow-money.ts";
import { insertHold, saveNode } from "./returns.ts";

export type ReturnLetter = Extract<PixLetter, { kind: `return-${string}` }>;
type Letter<Kind> = Extract<PixLetter, { kind: Kind }>;

export async function receiveReturnLetter(
  tx: Tx,
  received: Received,
  letter: ReturnLetter,
): Promise<void> {
  switch (letter.kind) {
    case "return-followed":
      return takeFollowed(tx, received, letter);
    case "return-found":
      return markFound(tx, received, letter);
    case "return-decided":
      return markDecided(tx, received, letter);
  }
}

/** Another bank can have blocked no more than its transaction brought here. */
async function takeFollowed(
  tx: Tx,
  { bank }: Received,
  letter: Letter<"return-followed">,
): Promise<void> {
  const { id: caseId, reportedBy, node, account, transaction } = letter;
  const { endToEndId, reason, description, victim } = letter;
  const came = Number(await amountThatCame(tx, account, transaction));
  if (came === 0 || victim.bank !== reportedBy) {
    const empty = { ...node, bank: bank.id, account, heldCentavos: 0, decideBy: null };
    return sendLetter(tx, reportedBy, {
      kind: "return-found",
      id: caseId,
      node: { ...empty, state: "empty" },
      next: [],
    });
  }
  const soughtCentavos = Math.min(node.soughtCentavos, came);
  await insertHold(tx, {
    caseId,
    reportedBy,
    account,
    transaction,
    node: { ...node, soughtCentavos },
    about: { endToEndId, reason, description, victim },
    returnId: newReturnId(bank),
  });
}

/** A bank speaks of its own accounts, and of where the money went on to. */
async function markFound(
  tx: Tx,
  { from }: Received,
  { id, node, next }: Letter<"return-found">,
): Promise<void> {
  if (node.bank !== from || !(await hasCase(tx, id))) return;
  await saveNode(tx, id, node);
  for (const one of next) {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    if (!(await hasNode(tx, one.id))) await saveNode(tx, id, one);
  }
}

async function markDecided(
  tx: Tx,
  { from }: Received,
  { id, node, state }: Letter<"return-decided">,
): Promise<void> {
  const { rows } = await tx.query<{ node: PixReturnNode; account: string }>(
    `UPDATE pix_return_node n SET node = n.node || jsonb_build_object('state', $4::text)
       FROM pix_return r
      WHERE n.id = $1 AND n.case_id = $2 AND n.bank = $3 AND r.id = n.case_id
     RETURNING n.node, r.account`,
    [node, id, from, state],
  );
  const [changed] = rows;
  if (changed === undefined || state !== "returned") return;
  const details = { amountCentavos: changed.node.heldCentavos, bank: from };
  await notify(tx, { kind: "return-paid", subject: id, account: changed.account, details });
}

async function hasCase(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query("SELECT FROM pix_return WHERE id = $1", [id])).rowCount === 1;
}

async function hasNode(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query("SELECT FROM pix_return_node WHERE id = $1", [id])).rowCount === 1;
}
