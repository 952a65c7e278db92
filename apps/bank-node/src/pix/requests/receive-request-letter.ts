import type { PixLetter } from "@pacto/contract";
import type { Tx } from "../../database/transaction.ts";
import { notify } from "../../notifications/notify.ts";
import type { Received } from "../letters/receive-letter.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { selectHolder } from "../sql.ts";
import { endRequest, insertRequest, lockRequest } from "./requests.ts";

export type RequestLetter = Extract<PixLetter, { kind: `request-${string}` }>;
type Letter<Kind> = Extract<PixLetter, { kind: Kind }>;

/** What another bank says of a request to pay: it counts for requests with that bank only. */
export async function receiveRequestLetter(
  tx: Tx,
  received: Received,
  letter: RequestLetter,
): Promise<void> {
  switch (letter.kind) {
    case "request-sent":
      return takeRequest(tx, received, letter);
    case "request-cancelled":
      return markCancelled(tx, received, letter);
    case "request-told":
      return markTold(tx, received, letter);
  }
}

async function takeRequest(
  tx: Tx,
  { bank, from }: Received,
  letter: Letter<"request-sent">,
): Promise<void> {
  const { id, payer, payee } = letter;
  if (payee.bank !== from || payer.bank !== bank.id) return;
  const answer = { kind: "request-told", id, reason: null, endToEndId: null } as const;
  if ((await selectHolder(tx, bank.id, payer.account)) === undefined) {
    const refusal = { code: "account-not-found", details: { ...payer } } as const;
    return sendLetter(tx, from, { ...answer, state: "refused", refusal });
  }
  await insertRequest(tx, { ...letter, side: "payer" });
  await sendLetter(tx, from, { ...answer, state: "received", refusal: null });
  await notify(tx, {
    kind: "request-received",
    subject: id,
    account: payer.account,
    details: { amountCentavos: letter.amountCentavos, name: letter.payeeName, bank: from },
  });
}

async function markCancelled(
  tx: Tx,
  { from }: Received,
  { id }: Letter<"request-cancelled">,
): Promise<void> {
  const row = await lockRequest(tx, { id, side: "payer" });
  if (row?.payee.bank !== from || row.state !== "received") return;
  await endRequest(tx, row, { state: "cancelled" });
}

async function markTold(tx: Tx, { from }: Received, letter: Letter<"request-told">): Promise<void> {
  const { id, state } = letter;
  const row = await lockRequest(tx, { id, side: "sender" });
  if (row?.payer.bank !== from) return;
  if (state === "received") {
    if (row.state !== "sent") return;
    await tx.query("UPDATE pix_request SET state = 'received' WHERE id = $1 AND side = 'sender'", [
      id,
    ]);
    return;
  }
  // Money that came is told, whatever was wished meanwhile.
  const isOpen = row.state === "sent" || row.state === "received";
  if (!isOpen && !(row.state === "cancelled" && state === "paid")) return;
  await endRequest(tx, row, letter);
  await notify(tx, {
    kind: "request-answered",
    subject: id,
    account: row.payee.account,
    details: { state, amountCentavos: Number(row.amount), bank: from, reason: letter.reason },
  });
}
