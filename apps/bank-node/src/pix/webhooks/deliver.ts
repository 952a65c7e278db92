import { CompactSign } from "jose";
import type { Bank } from "../../context.ts";
import { withTransaction, type Tx } from "../../database/transaction.ts";
import { pixBody } from "../bacen-api/pix-shape.ts";
import { getReceived } from "../refunds/received.ts";

const EVENTS_MAX = 20;
const ANSWER_MS = 5_000;
const BACKOFF_MS = 1_000;
const BACKOFF_MAX_MS = 3_600_000;
/** Whoever died with an attempt in hand holds it no longer than this. */
const LEASE_MS = 30_000;
const ERROR_MAX = 200;

interface Due {
  readonly key: string;
  readonly url: string;
  readonly attempts: number;
  readonly events: readonly { readonly id: string; readonly endToEndId: string }[];
}

/**
 * Tells one receiver what its key received, the oldest first, as `POST {url}/pix` with a list. The
 * body is signed (detached JWS in `Pacto-Signature`, with the keys of `/.well-known/jwks.json`).
 * Anything but 2xx is tried again with growing distance, and nothing overtakes it: a receiver may
 * hear of a payment twice, never not at all and never out of order.
 * @returns whether there was anything to tell
 */
export async function deliverWebhook(bank: Bank, signal: AbortSignal): Promise<boolean> {
  const due = await withTransaction(bank.pools.recovery, (tx) => takeDue(tx));
  if (due === undefined) return false;
  const error = await post(bank, due, signal).catch((cause: unknown) => String(cause));
  await withTransaction(bank.pools.recovery, (tx) => conclude(tx, due, error));
  return true;
}

/** The webhook that waits longest, under a lease: no lock is held while its receiver answers. */
async function takeDue(tx: Tx): Promise<Due | undefined> {
  const { rows } = await tx.query<{ key: string; url: string; attempts: number }>(
    `UPDATE pix_webhook SET due_at = now() + interval '${LEASE_MS} milliseconds'
      WHERE key = (SELECT key FROM pix_webhook WHERE due_at <= now() AND url IS NOT NULL
                    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING key, url, attempts`,
  );
  const [webhook] = rows;
  if (webhook === undefined) return undefined;
  const { rows: events } = await tx.query<Due["events"][number]>(
    `SELECT id::text, end_to_end_id AS "endToEndId" FROM pix_webhook_event
      WHERE key = $1 AND delivered_at IS NULL ORDER BY id LIMIT ${EVENTS_MAX}`,
    [webhook.key],
  );
  return { ...webhook, events };
}

/** Null when the receiver took it; otherwise what was in the way. */
async function post(bank: Bank, due: Due, signal: AbortSignal): Promise<string | null> {
  if (due.events.length === 0) return null;
  const ids = [...new Set(due.events.map(({ endToEndId }) => endToEndId))];
  const pix = await Promise.all(ids.map(async (id) => pixBody(await getReceived(bank, id))));
  const body = JSON.stringify({ pix });
  const response = await fetch(`${due.url.replace(/\/+$/, "")}/pix`, {
    method: "POST",
    headers: { "content-type": "application/json", "pacto-signature": await sign(bank, body) },
    body,
    // A receiver that sends elsewhere could make the node call anybody.
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  });
  await response.body?.cancel();
  return response.ok ? null : `HTTP ${response.status}`;
}

/** A JWS whose payload is the body itself (RFC 7515, appendix F). */
async function sign(bank: Bank, body: string): Promise<string> {
  const { signer } = bank.commit.parts;
  const jws = await new CompactSign(Buffer.from(body))
    .setProtectedHeader({ alg: "EdDSA", kid: signer.keyId, iss: bank.id })
    .sign(signer.privateKey);
  const [header, , signature] = jws.split(".");
  return `${header}..${signature}`;
}

async function conclude(tx: Tx, { key, attempts, events }: Due, error: string | null) {
  if (error === null) {
    await tx.query(
      "UPDATE pix_webhook_event SET delivered_at = now() WHERE id = ANY($1::bigint[])",
      [events.map(({ id }) => id)],
    );
    await tx.query(
      `UPDATE pix_webhook SET attempts = 0, last_error = NULL,
              due_at = CASE WHEN EXISTS (SELECT FROM pix_webhook_event
                                          WHERE key = $1 AND delivered_at IS NULL) THEN now() END
        WHERE key = $1`,
      [key],
    );
    return;
  }
  const most = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** Math.min(attempts, 20));
  // Full jitter: receivers that failed together are not tried together.
  const waitMs = Math.ceil(Math.random() * most);
  await tx.query(
    `UPDATE pix_webhook SET attempts = attempts + 1, last_error = $2,
            due_at = now() + $3::float8 * interval '1 millisecond' WHERE key = $1`,
    [key, error.slice(0, ERROR_MAX), waitMs],
  );
}
