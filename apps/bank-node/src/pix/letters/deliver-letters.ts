import type { PixLetter } from "@pacto/contract";
import type { Bank } from "../../context.ts";
import { receiveLetter } from "./receive-letter.ts";

const DUE_MAX = 16;
/** While one process delivers a letter, no other one does. */
const CLAIM = "15 seconds";
const ANSWER_MS = 5_000;
const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 60_000;

interface Due {
  readonly id: string;
  readonly receiver: string;
  readonly body: PixLetter;
  readonly attempt: number;
}

const CLAIM_DUE = `WITH due AS (
    SELECT id FROM pix_letter l WHERE wake_at <= now()
       AND NOT EXISTS (SELECT FROM pix_letter before
                        WHERE before.receiver = l.receiver AND before.subject = l.subject
                          AND before.position < l.position AND before.wake_at IS NOT NULL)
     ORDER BY position LIMIT ${DUE_MAX} FOR UPDATE SKIP LOCKED
  )
  UPDATE pix_letter l SET wake_at = now() + interval '${CLAIM}', attempt = attempt + 1
    FROM due WHERE l.id = due.id
  RETURNING l.id, l.receiver, l.body, l.attempt`;

/** Delivers the letters that are due; says whether there was any. */
export async function deliverLetters(bank: Bank): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<Due>(CLAIM_DUE);
  const arrived = await Promise.all(rows.map((due) => deliver(bank, due)));
  return arrived.some(Boolean);
}

async function deliver(bank: Bank, { id, receiver, body, attempt }: Due): Promise<boolean> {
  const isTaken = await handOver(bank, receiver, { id, letter: body });
  const most = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 16));
  await bank.pools.recovery.query(
    `UPDATE pix_letter
        SET wake_at = CASE WHEN $2::bool THEN NULL
                           ELSE now() + $3 * interval '1 millisecond' END WHERE id = $1`,
    [id, isTaken, Math.random() * most],
  );
  return isTaken;
}

interface Sent {
  readonly id: string;
  readonly letter: PixLetter;
}

async function handOver(bank: Bank, receiver: string, sent: Sent): Promise<boolean> {
  if (receiver === bank.id) {
    await receiveLetter(bank, bank.id, sent);
    return true;
  }
  const limit = { timeoutMs: ANSWER_MS };
  const [result] = await bank.peers.call(receiver, "commit.pixLetter", [sent], limit);
  return result?.kind === "answer";
}
