import type { PixLetter } from "@pacto/contract";
import type { Tx } from "../../database/transaction.ts";
import { newId } from "../../new-id.ts";

/**
 * Writes a letter to a bank (this one too) in the transaction of what it tells. Letters about one
 * subject arrive in order; a bank that is down gets them when it is back.
 */
export async function sendLetter(tx: Tx, receiver: string, letter: PixLetter): Promise<void> {
  await tx.query("INSERT INTO pix_letter (id, receiver, subject, body) VALUES ($1, $2, $3, $4)", [
    newId(),
    receiver,
    letter.id,
    JSON.stringify(letter),
  ]);
}
