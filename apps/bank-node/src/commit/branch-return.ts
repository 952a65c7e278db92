import type { Work } from "@pacto/contract";
import type { Statement } from "../ledger/engine/session.ts";
import type { WorkingSet } from "../ledger/engine/working-set.ts";

// What becomes of a PIX refund (devolução) at the bank that gives it and at those it goes back to.

/** The decision was commit: the refund is done, and the payers' banks list it. */
export function recordReturn(set: WorkingSet, transactionId: string, work: Work): void {
  const { pixReturn } = work;
  if (pixReturn === undefined) return;
  set.alsoWrite(finishedRefund(transactionId, "DEVOLVIDO", set.now));
  for (const { account, direction, amountCentavos } of work.legs) {
    if (direction !== "credit") continue;
    const { returnId, endToEndId, reason } = pixReturn;
    set.alsoWrite({
      name: "pix-returned",
      text: `INSERT INTO pix_returned (return_id, account, end_to_end_id, amount, reason,
                                       transaction_id, settled_at)
             VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))`,
      values: [returnId, account, endToEndId, amountCentavos, reason, transactionId, set.now],
    });
  }
}

/** The decision was abort: what the refund took of the payment may be refunded again. */
export function releaseReturn(set: WorkingSet, transactionId: string, work: Work): void {
  const { pixReturn } = work;
  if (pixReturn === undefined) return;
  set.alsoWrite(finishedRefund(transactionId, "NAO_REALIZADO", set.now));
}

/** Only the bank that gives the refund has a row to finish; its webhook is told, and its balance. */
export function finishedRefund(
  transactionId: string,
  status: "DEVOLVIDO" | "NAO_REALIZADO",
  now: number,
): Statement {
  return {
    name: "pix-refund-finish",
    text: `WITH finished AS (
             UPDATE pix_refund SET status = $2, settled_at = to_timestamp($3::float8 / 1000)
              WHERE transaction_id = $1 AND status = 'EM_PROCESSAMENTO'
             RETURNING end_to_end_id, amount),
           told AS (
             INSERT INTO pix_webhook_event (key, end_to_end_id, about)
             SELECT w.key, p.end_to_end_id, 'refund'
               FROM finished JOIN pix_payment p USING (end_to_end_id)
               JOIN pix_webhook w ON w.key = p.details ->> 'key' AND w.url IS NOT NULL
              WHERE p.direction = 'received' AND p.details ->> 'txid' IS NOT NULL
             RETURNING key),
           due AS (
             UPDATE pix_webhook SET due_at = coalesce(due_at, now())
              WHERE key IN (SELECT key FROM told))
           UPDATE pix_refund_balance b SET refunded = refunded - finished.amount
             FROM finished WHERE b.end_to_end_id = finished.end_to_end_id
              AND $2 = 'NAO_REALIZADO'`,
    values: [transactionId, status, now],
  };
}
