import type { ClaimSide } from "@pacto/banking";
import type { PixClaimView, Refusal } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import type { Tx } from "../../database/transaction.ts";
import { onceInTransaction, type Told } from "../../idempotency/once-in-transaction.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { readRules } from "../rules/rules.ts";
import {
  cancelRow,
  type ClaimOf,
  type ClaimRow,
  confirmRow,
  lockClaim,
  nextState,
} from "./claims.ts";
import { completeClaimOnce } from "./complete-claim.ts";
import { readClaim } from "./read-claims.ts";

interface Answer {
  readonly idempotencyKey: string;
  readonly id: string;
}

/** The donor's client lets the key go. Throws RefusalError `pix-claim-state`, `pix-claim-period`. */
export async function confirmClaim(ctx: StaffContext, input: Answer): Promise<PixClaimView> {
  const of = { id: input.id, side: "donor" } as const;
  await onceInTransaction(ctx, { operation: "pix.claims.confirm", input }, async (tx) => {
    const row = await lockClaim(tx, of);
    if (row === undefined) return notFound(ctx);
    const next = nextState(row, { kind: "confirm" });
    if (typeof next !== "string") return refuse(next);
    await confirm(tx, row);
    return told(row);
  });
  return readClaim(ctx, of);
}

/** At the donor's bank, by its client or by silence. */
export async function confirm(tx: Tx, row: ClaimRow): Promise<void> {
  const { claimCompletionMinutes } = await readRules(tx);
  const completeBy = (await confirmRow(tx, row, claimCompletionMinutes)).toISOString();
  await sendLetter(tx, row.otherBank, { kind: "claim-confirmed", id: row.id, completeBy });
}

interface CancelClaim extends Answer {
  readonly side: ClaimSide;
  readonly reason: "client" | "fraud";
}

/** Either side gives it up: the key stays where it is. Throws RefusalError `pix-claim-state`. */
export async function cancelClaim(ctx: StaffContext, input: CancelClaim): Promise<PixClaimView> {
  const { id, side, reason } = input;
  await onceInTransaction(ctx, { operation: "pix.claims.cancel", input }, async (tx) => {
    const row = await lockClaim(tx, { id, side });
    if (row === undefined) return notFound(ctx);
    const next = nextState(row, { kind: "cancel", side });
    if (typeof next !== "string") return refuse(next);
    // The key may be on its way: nobody can say any more that it does not come.
    if (row.completing) return refuse({ code: "pix-claim-state", details: { state: row.state } });
    await cancel(tx, row, reason);
    return told(row);
  });
  return readClaim(ctx, { id, side });
}

/** Ends a claim from this side, and tells the other one. */
export async function cancel(
  tx: Tx,
  row: ClaimRow,
  reason: "client" | "fraud" | "default",
): Promise<void> {
  await cancelRow(tx, row, { reason });
  const { id, side, otherBank } = row;
  const letter = { kind: "claim-cancelled", id, by: side, reason, refusal: null } as const;
  await sendLetter(tx, otherBank, letter);
}

/**
 * Brings a confirmed key here, by a global transaction; begun, it goes on whatever crashes.
 * Throws RefusalError `pix-claim-state`.
 */
export async function completeClaim(ctx: StaffContext, input: Answer): Promise<PixClaimView> {
  const of: ClaimOf = { id: input.id, side: "claimer" };
  await onceInTransaction(ctx, { operation: "pix.claims.complete", input }, async (tx) => {
    const row = await lockClaim(tx, of);
    if (row === undefined) return notFound(ctx);
    const next = nextState(row, { kind: "complete" });
    if (typeof next !== "string") return refuse(next);
    await tx.query(
      `UPDATE pix_claim SET completing = true, wake_at = now() + interval '30 seconds'
        WHERE id = $1 AND side = 'claimer'`,
      [row.id],
    );
    return told(row);
  });
  await completeClaimOnce(ctx, of.id);
  return readClaim(ctx, of);
}

function told({ id, key, type }: ClaimRow): Told<object> {
  return { answer: { ok: true, value: {} }, audit: { subject: id, details: { key, type } } };
}

function refuse(refusal: Refusal): Told<object> {
  return { answer: { ok: false, refusal }, audit: null };
}

function notFound(ctx: StaffContext): Told<object> {
  return refuse({ code: "pix-claim-not-found", details: { bank: ctx.bank.id } });
}
