import type { Bank } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { payRequestOnce } from "./pay-request.ts";
import { endRequest, lockRequest, type RequestRow } from "./requests.ts";

const CLAIM = "30 seconds";
const DUE_MAX = 16;

type Due = Pick<RequestRow, "id" | "state" | "actor">;

const CLAIM_DUE = `UPDATE pix_request SET wake_at = now() + interval '${CLAIM}'
  WHERE (id, side) IN (SELECT id, side FROM pix_request WHERE wake_at <= now() AND side = 'payer'
                        ORDER BY wake_at LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED)
  RETURNING id, state, actor`;

/** Goes on paying what was accepted, and ends what nobody answered; says whether there was any. */
export async function runDueRequests(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<Due>(CLAIM_DUE);
  await Promise.all(
    rows.map(({ id, state, actor }) => {
      if (state !== "paying" || actor === null) return expire(bank, id);
      return payRequestOnce({ bank, actor, correlationId: `request-${id}` }, id);
    }),
  );
  return rows.length > 0;
}

async function expire(bank: Bank, id: string): Promise<void> {
  await withTransaction(bank.pools.recovery, async (tx) => {
    const row = await lockRequest(tx, { id, side: "payer" });
    if (row?.state !== "received") return;
    await endRequest(tx, row, { state: "expired" });
    await sendLetter(tx, row.payee.bank, {
      kind: "request-told",
      id,
      state: "expired",
      reason: null,
      refusal: null,
      endToEndId: null,
    });
  });
}
