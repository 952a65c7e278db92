import type { PixReturnHoldView, Refusal } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { onceInTransaction, type Told } from "../../idempotency/once-in-transaction.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { readHold } from "./read-returns.ts";
import { lockHold } from "./returns.ts";
import { runReturn } from "./run-due.ts";
import { tellHeldMore } from "./tell-held-more.ts";

interface DecideReturn {
  readonly idempotencyKey: string;
  readonly id: string;
  readonly isAccepted: boolean;
  readonly note: string;
}

/**
 * An auditor decides on what this bank blocks: back to the payer, or free again. No clock does it.
 * Begun, it goes on whatever crashes. Throws RefusalError `pix-return-not-found`,
 * `pix-return-state`.
 */
export async function decideReturn(
  ctx: StaffContext,
  input: DecideReturn,
): Promise<PixReturnHoldView> {
  const { id, isAccepted, note } = input;
  const state = isAccepted ? "accepted" : "rejected";
  await onceInTransaction(ctx, { operation: "pix.returns.decide", input }, async (tx) => {
    const row = await lockHold(tx, id);
    if (row === undefined) {
      return refuse({ code: "pix-return-not-found", details: { bank: ctx.bank.id } });
    }
    if (row.state !== "held") {
      return refuse({ code: "pix-return-state", details: { state: row.state } });
    }
    await tellHeldMore(tx, ctx.bank.id, row);
    await tx.query(
      `UPDATE pix_return_hold SET state = $2, missing = 0, decided_by = $3, note = $4,
              wake_at = now() + interval '30 seconds' WHERE id = $1`,
      [id, state, JSON.stringify(ctx.actor), note],
    );
    const { caseId, reportedBy } = row;
    await sendLetter(tx, reportedBy, { kind: "return-decided", id: caseId, node: id, state });
    const details = { case: caseId, state, note, heldCentavos: Number(row.held) };
    return { answer: { ok: true, value: {} }, audit: { subject: id, details } };
  });
  await runReturn(ctx.bank, id);
  return readHold(ctx, id);
}

function refuse(refusal: Refusal): Told<object> {
  return { answer: { ok: false, refusal }, audit: null };
}
