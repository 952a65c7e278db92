import type { StaffContext } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { payOrder } from "../orders/pay-order.ts";
import { endRequest, lockRequest, selectRequest } from "./requests.ts";

const STILL_OPEN_MS = 1_000;

/** Pays an accepted request, once for each attempt of its payer, and tells the payee's bank. */
export async function payRequestOnce(ctx: StaffContext, id: string): Promise<void> {
  const of = { id, side: "payer" } as const;
  const row = await selectRequest(ctx.bank.pools.api, of);
  if (row?.state !== "paying") return;
  const { payee, payeeName, payer, description, attempt } = row;
  const outcome = await payOrder(
    ctx,
    {
      key: null,
      ...payee,
      taxId: null,
      nameMasked: payeeName,
      amountCentavos: Number(row.amount),
      description,
    },
    { fromAccount: payer.account, key: `${id}:${attempt}` },
  );
  await withTransaction(ctx.bank.pools.api, async (tx) => {
    const now = await lockRequest(tx, of);
    if (now?.state !== "paying" || now.attempt !== attempt) return;
    if (outcome.kind === "unknown") {
      await tx.query(
        `UPDATE pix_request SET wake_at = now() + $2 * interval '1 millisecond'
          WHERE id = $1 AND side = 'payer'`,
        [id, STILL_OPEN_MS],
      );
      return;
    }
    if (outcome.kind === "refused") {
      await tx.query(
        `UPDATE pix_request SET state = 'received', attempt = attempt + 1, refusal = $2,
                wake_at = expires_at WHERE id = $1 AND side = 'payer'`,
        [id, JSON.stringify(outcome.refusal)],
      );
      return;
    }
    const { endToEndId } = outcome;
    await endRequest(tx, of, { state: "paid", endToEndId });
    await sendLetter(tx, payee.bank, {
      kind: "request-told",
      id,
      state: "paid",
      reason: null,
      refusal: null,
      endToEndId,
    });
  });
}
