import type { Tx } from "../../database/transaction.ts";
import { notify } from "../../notifications/notify.ts";
import { sendLetter } from "../letters/send-letter.ts";
import type { HoldRow } from "./returns.ts";

/** Tells the staff and the bank of the case what was blocked since it was told last. */
export async function tellHeldMore(tx: Tx, bank: string, row: HoldRow): Promise<void> {
  const more = row.held - row.told;
  if (more <= 0n) return;
  const { id, caseId, reportedBy, account, node } = row;
  await tx.query("UPDATE pix_return_hold SET told = held WHERE id = $1", [id]);
  await sendLetter(tx, reportedBy, {
    kind: "return-found",
    id: caseId,
    node: {
      ...node,
      bank,
      account,
      heldCentavos: Number(row.held),
      state: "held",
      decideBy: row.decideBy?.toISOString() ?? null,
    },
    next: [],
  });
  const details = { amountCentavos: Number(more), bank: reportedBy };
  await notify(tx, { kind: "return-held", subject: id, account, details });
}
