import type { Bank } from "../../context.ts";
import { withTransaction } from "../../database/transaction.ts";
import { sendLetter } from "../letters/send-letter.ts";
import { lockMandate, setState } from "./mandates.ts";

const DUE_MAX = 16;

/** Proposals that nobody answered in time; says whether there was any. */
export async function runDueMandates(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<{ id: string }>(
    `SELECT id FROM pix_mandate WHERE wake_at <= now() AND side = 'payer'
      ORDER BY wake_at LIMIT ${DUE_MAX}`,
  );
  await Promise.all(rows.map(({ id }) => expire(bank, id)));
  return rows.length > 0;
}

async function expire(bank: Bank, id: string): Promise<void> {
  await withTransaction(bank.pools.recovery, async (tx) => {
    const row = await lockMandate(tx, { id, side: "payer" });
    if (row?.state !== "proposed") return;
    await setState(tx, row, "expired");
    const letter = { kind: "mandate-answered", id, state: "expired", refusal: null } as const;
    await sendLetter(tx, row.receiver.bank, letter);
  });
}
