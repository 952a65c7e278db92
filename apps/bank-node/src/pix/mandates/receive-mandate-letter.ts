import type { LocalDate } from "@pacto/banking";
import type { PixLetter, Refusal } from "@pacto/contract";
import type { Bank } from "../../context.ts";
import type { Tx } from "../../database/transaction.ts";
import { notify } from "../../notifications/notify.ts";
import type { StaffActor } from "../../staff/actor.ts";
import type { Received } from "../letters/receive-letter.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { readRules } from "../rules/rules.ts";
import { insertSchedule } from "../schedules/schedules.ts";
import { selectHolder } from "../sql.ts";
import { cancelCharges, chargeRefusal } from "./change-mandates.ts";
import {
  insertCharge,
  insertMandate,
  lockMandate,
  type MandateOf,
  type MandateRow,
  setState,
} from "./mandates.ts";
import { tellCharge } from "./tell-charge.ts";

export type MandateLetter = Extract<PixLetter, { kind: `mandate-${string}` }>;
type Letter<Kind> = Extract<PixLetter, { kind: Kind }>;

/** What another bank says of a mandate: it counts for mandates with that bank only. */
export async function receiveMandateLetter(
  tx: Tx,
  received: Received,
  letter: MandateLetter,
): Promise<void> {
  switch (letter.kind) {
    case "mandate-proposed":
      return takeProposal(tx, received, letter);
    case "mandate-answered":
      return markAnswered(tx, received, letter);
    case "mandate-cancelled":
      return markCancelled(tx, received, letter);
    case "mandate-charged":
      return takeCharge(tx, received, letter);
    case "mandate-charge-told":
      return markCharge(tx, received, letter);
  }
}

async function takeProposal(
  tx: Tx,
  { bank, from }: Received,
  letter: Letter<"mandate-proposed">,
): Promise<void> {
  const { id, receiver, payer } = letter;
  if (receiver.bank !== from || payer.bank !== bank.id) return;
  const holder = await selectHolder(tx, bank.id, payer.account);
  if (holder === undefined) {
    const refusal: Refusal = { code: "account-not-found", details: { ...payer } };
    return sendLetter(tx, from, { kind: "mandate-answered", id, state: "rejected", refusal });
  }
  await insertMandate(tx, { ...letter, side: "payer" });
  await notify(tx, {
    kind: "mandate-proposed",
    subject: id,
    account: payer.account,
    details: { bank: from, name: letter.receiverName },
  });
}

async function lockOf(tx: Tx, from: string, of: MandateOf): Promise<MandateRow | undefined> {
  const row = await lockMandate(tx, of);
  const other = of.side === "payer" ? row?.receiver.bank : row?.payer.bank;
  return other === from ? row : undefined;
}

async function markAnswered(
  tx: Tx,
  { from }: Received,
  { id, state, refusal }: Letter<"mandate-answered">,
): Promise<void> {
  const row = await lockOf(tx, from, { id, side: "receiver" });
  if (row?.state !== "proposed") return;
  await setState(tx, row, state, refusal);
  const { payer, receiver } = row;
  await notify(tx, {
    kind: "mandate-answered",
    subject: id,
    account: receiver.account,
    details: { bank: payer.bank, payer: payer.account, state },
  });
}

async function markCancelled(
  tx: Tx,
  { from }: Received,
  { id, by }: Letter<"mandate-cancelled">,
): Promise<void> {
  const side = by === "payer" ? "receiver" : "payer";
  const row = await lockOf(tx, from, { id, side });
  if (row?.state !== "proposed" && row?.state !== "active") return;
  await setState(tx, row, "cancelled");
  if (side === "payer") await cancelCharges(tx, id);
  const account = side === "payer" ? row.payer.account : row.receiver.account;
  await notify(tx, { kind: "mandate-cancelled", subject: id, account, details: { bank: from } });
}

/** The payer's bank decides by its own row whether a charge is within the mandate. */
async function takeCharge(
  tx: Tx,
  { bank, from }: Received,
  { id, charge }: Letter<"mandate-charged">,
): Promise<void> {
  const of: MandateOf = { id, side: "payer" };
  const row = await lockOf(tx, from, of);
  if (row === undefined) return;
  const rules = await readRules(tx);
  const refusal: Refusal | null =
    row.state === "active"
      ? chargeRefusal(row, charge, rules)
      : { code: "pix-mandate-state", details: { state: row.state } };
  await insertCharge(tx, of, charge, refusal === null ? "scheduled" : "refused", refusal);
  if (refusal !== null) {
    return tellCharge(tx, { id, charge: charge.id, state: "refused", refusal });
  }
  const { receiver, receiverName, payer, terms } = row;
  await insertSchedule(tx, rules, {
    account: payer.account,
    order: {
      key: null,
      taxId: null,
      nameMasked: receiverName,
      ...receiver,
      amountCentavos: charge.amountCentavos,
      description: terms.description,
    },
    every: "once",
    firstOn: charge.dueOn as LocalDate,
    occurrences: 1,
    charge: { mandateId: id, chargeId: charge.id },
    actor: ofMandates(bank),
  });
  await tellCharge(tx, { id, charge: charge.id, state: "scheduled" });
  await notify(tx, {
    kind: "mandate-charged",
    subject: id,
    account: payer.account,
    details: {
      amountCentavos: charge.amountCentavos,
      dueOn: charge.dueOn,
      name: receiverName,
      bank: from,
    },
  });
}

/** In whose name the bank pays what its client's mandate allows. */
function ofMandates({ id }: Bank): StaffActor {
  return { kind: "staff", id: "mandates", name: "Pacto", homeBank: id, roles: [] };
}

async function markCharge(
  tx: Tx,
  { from }: Received,
  letter: Letter<"mandate-charge-told">,
): Promise<void> {
  const { id, charge, state, refusal, endToEndId } = letter;
  const row = await lockOf(tx, from, { id, side: "receiver" });
  if (row === undefined) return;
  const changed = await tx.query(
    `UPDATE pix_mandate_charge SET state = $3, refusal = $4, end_to_end_id = $5
      WHERE id = $1 AND side = 'receiver' AND mandate_id = $2
        AND state NOT IN ('paid', 'failed', 'refused', 'cancelled')`,
    [charge, id, state, refusal === null ? null : JSON.stringify(refusal), endToEndId],
  );
  if (changed.rowCount === 0 || state === "scheduled") return;
  const { receiver, payer } = row;
  await notify(tx, {
    kind: "mandate-charge-told",
    subject: id,
    account: receiver.account,
    details: { state, bank: from, payer: payer.account, refusal: refusal?.code ?? null },
  });
}
