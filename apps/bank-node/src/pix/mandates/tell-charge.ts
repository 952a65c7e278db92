import type { PixChargeState, Refusal } from "@pacto/contract";
import type { Tx } from "../../database/transaction.ts";
import { sendLetter } from "../letters/send-letter.ts";

interface Told {
  /** The mandate. */
  readonly id: string;
  readonly charge: string;
  readonly state: Exclude<PixChargeState, "sent">;
  readonly refusal?: Refusal | null;
  readonly endToEndId?: string | null;
}

/** At the payer's bank: what became of a charge, here and for the receiver's bank. */
export async function tellCharge(
  tx: Tx,
  { id, charge, state, refusal = null, endToEndId = null }: Told,
): Promise<void> {
  await tx.query(
    `UPDATE pix_mandate_charge SET state = $2, refusal = $3, end_to_end_id = $4
      WHERE id = $1 AND side = 'payer'`,
    [charge, state, refusal === null ? null : JSON.stringify(refusal), endToEndId],
  );
  const { rows } = await tx.query<{ bank: string }>(
    "SELECT receiver ->> 'bank' AS bank FROM pix_mandate WHERE id = $1 AND side = 'payer'",
    [id],
  );
  const receiver = rows[0]?.bank;
  if (receiver === undefined) throw new Error(`charge ${charge} has no mandate ${id}`);
  const letter = { kind: "mandate-charge-told", id, charge, state, refusal, endToEndId } as const;
  await sendLetter(tx, receiver, letter);
}
