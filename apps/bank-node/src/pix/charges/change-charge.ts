import type { AskedTerms, ChargeView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import type { Tx } from "../../database/transaction.ts";
import { refused, type Answer } from "../../idempotency/once.ts";
import { onceInTransaction } from "../../idempotency/once-in-transaction.ts";
import { RefusalError } from "../../trpc.ts";
import { faultOfTerms, ownKey } from "./create-charge.ts";
import { expiryOf } from "./due.ts";
import { getCharge } from "./read-charges.ts";
import { lockCharge, selectCharge, type StoredCharge } from "./sql.ts";

interface ChangeCharge {
  readonly idempotencyKey: string;
  readonly txid: string;
  readonly key?: string | undefined;
  readonly terms: AskedTerms;
}

/**
 * Gives a charge new terms, as its next revision. Refused once it is paid or removed, and while a
 * payment of it waits for its decision.
 * @throws RefusalError `pix-charge-unknown`, `pix-charge-closed`, `pix-charge-busy`,
 *   `pix-charge-terms`, `pix-key-not-held`
 */
export async function changeCharge(ctx: StaffContext, input: ChangeCharge): Promise<ChargeView> {
  const { txid, terms } = input;
  const to = input.key === undefined ? undefined : await ownKey(ctx, input.key);
  const fault = faultOfTerms(terms);
  if (fault !== null) throw new RefusalError({ code: "pix-charge-terms", details: { fault } });
  await onceInTransaction(ctx, { operation: "pix.charges.change", input }, async (tx) => {
    const open = await openCharge(ctx, tx, txid);
    if (!open.ok) return { answer: open, audit: null };
    const charge = open.value;
    if (charge.kind !== terms.kind) {
      const answer: Answer<never> = refused("pix-charge-terms", { fault: "other-kind" });
      return { answer, audit: null };
    }
    const revision = charge.revision + 1;
    const { key, account } = to ?? charge;
    await tx.query(
      `UPDATE pix_charge SET revision = $2, terms = $3, expires_at = $4, key = $5, account = $6,
              changed_at = now() WHERE txid = $1`,
      [txid, revision, JSON.stringify(terms), expiryOf(terms, charge.createdAt), key, account],
    );
    await tx.query("INSERT INTO pix_charge_revision (txid, revision, terms) VALUES ($1, $2, $3)", [
      txid,
      revision,
      JSON.stringify(terms),
    ]);
    const audit = { subject: txid, details: { revision, terms } };
    return { answer: { ok: true, value: {} }, audit };
  });
  return getCharge(ctx, { txid });
}

interface RemoveCharge {
  readonly idempotencyKey: string;
  readonly txid: string;
  readonly by: "receiver" | "bank";
}

/**
 * Takes an unpaid charge away: nobody can pay it any more.
 * @throws RefusalError `pix-charge-unknown`, `pix-charge-closed`, `pix-charge-busy`
 */
export async function removeCharge(ctx: StaffContext, input: RemoveCharge): Promise<ChargeView> {
  const { txid, by } = input;
  const status = by === "bank" ? "REMOVIDA_PELO_PSP" : "REMOVIDA_PELO_USUARIO_RECEBEDOR";
  await onceInTransaction(ctx, { operation: "pix.charges.remove", input }, async (tx) => {
    const open = await openCharge(ctx, tx, txid);
    if (!open.ok) return { answer: open, audit: null };
    await tx.query("UPDATE pix_charge SET status = $2, changed_at = now() WHERE txid = $1", [
      txid,
      status,
    ]);
    return { answer: { ok: true, value: {} }, audit: { subject: txid, details: { status } } };
  });
  return getCharge(ctx, { txid });
}

/** The charge under lock, when it may still be changed. */
async function openCharge(ctx: StaffContext, tx: Tx, txid: string): Promise<Answer<StoredCharge>> {
  await lockCharge(tx, txid);
  const charge = await selectCharge(tx, txid);
  if (charge === undefined) return refused("pix-charge-unknown", { bank: ctx.bank.id, txid });
  if (charge.status !== "ATIVA") return refused("pix-charge-closed", { txid });
  if (charge.pending !== null) return refused("pix-charge-busy", { txid });
  return { ok: true, value: charge };
}
