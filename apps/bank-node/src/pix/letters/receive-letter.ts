import type { PixLetter } from "@pacto/contract";
import type { Bank } from "../../context.ts";
import { withRetry } from "../../database/retry.ts";
import { withTransaction, type Tx } from "../../database/transaction.ts";
import { type ClaimLetter, receiveClaimLetter } from "../claims/receive-claim-letter.ts";
import { type MandateLetter, receiveMandateLetter } from "../mandates/receive-mandate-letter.ts";
import { receiveRequestLetter, type RequestLetter } from "../requests/receive-request-letter.ts";
import { receiveReturnLetter } from "../returns/receive-return-letter.ts";

export interface Received {
  readonly bank: Bank;
  /** The bank whose signature the letter came under. */
  readonly from: string;
}

/** Takes a letter of another bank, once: its effect and its id are one transaction. */
export async function receiveLetter(
  bank: Bank,
  from: string,
  { id, letter }: { readonly id: string; readonly letter: PixLetter },
): Promise<void> {
  await withRetry(() =>
    withTransaction(bank.pools.api, async (tx) => {
      const { rowCount } = await tx.query(
        "INSERT INTO pix_letter_received (id, sender) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [id, from],
      );
      if (rowCount === 1) await read(tx, { bank, from }, letter);
    }),
  );
}

function read(tx: Tx, received: Received, letter: PixLetter): Promise<void> {
  if (isClaim(letter)) return receiveClaimLetter(tx, received, letter);
  if (isMandate(letter)) return receiveMandateLetter(tx, received, letter);
  if (isRequest(letter)) return receiveRequestLetter(tx, received, letter);
  return receiveReturnLetter(tx, received, letter);
}

const isClaim = (letter: PixLetter): letter is ClaimLetter => letter.kind.startsWith("claim-");
const isMandate = (letter: PixLetter): letter is MandateLetter =>
  letter.kind.startsWith("mandate-");
const isRequest = (letter: PixLetter): letter is RequestLetter =>
  letter.kind.startsWith("request-");
