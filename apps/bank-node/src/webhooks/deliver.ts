import type { Bank } from "../context.ts";
import { bodyOf, fits, type EventRow } from "./event-kinds.ts";
import { postEvent, type Attempt } from "./post-event.ts";
import { isAllowed } from "./targets.ts";

/** While one process tells an endpoint, no other one does: events stay in order. */
const CLAIM = "120 seconds";
const TURN_MS = 20_000;
const PAGE = 50;
/** A second, then twice as long each time, an hour at most: some 18 hours in all. */
const FAILURES_MAX = 28;
const BACKOFF_MAX_S = 3_600;

interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly secret: string;
  readonly sentThrough: bigint;
  readonly failures: number;
}

const CLAIM_DUE = `UPDATE webhook_endpoint SET wake_at = now() + interval '${CLAIM}'
  WHERE id = (SELECT id FROM webhook_endpoint w
               WHERE status = 'active' AND wake_at <= now()
                 AND EXISTS (SELECT FROM bank_event e WHERE e.sequence > w.sent_through)
               ORDER BY wake_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, url, types, secret, sent_through AS "sentThrough", failures`;

const EVENTS = `SELECT sequence, id, type, subject, data, at FROM bank_event
  WHERE sequence > $1 ORDER BY sequence LIMIT ${PAGE}`;

/**
 * Tells one endpoint the events that it has not yet, in order and each until it is received; says
 * whether there was anything to do. What was sent as the process died is sent again, under the same
 * id.
 */
export async function deliverWebhooks(bank: Bank, signal: AbortSignal): Promise<boolean> {
  const { rows } = await bank.pools.recovery.query<Endpoint>(CLAIM_DUE);
  const [endpoint] = rows;
  if (endpoint === undefined) return false;
  const until = performance.now() + TURN_MS;
  let { sentThrough } = endpoint;
  let hasFailed = false;
  while (!hasFailed && !signal.aborted && performance.now() < until) {
    // oxlint-disable-next-line no-await-in-loop -- in order
    const { rows: events } = await bank.pools.recovery.query<EventRow>(EVENTS, [sentThrough]);
    if (events.length === 0) break;
    for (const event of events) {
      if (signal.aborted || performance.now() >= until) break;
      // oxlint-disable-next-line no-await-in-loop -- in order
      hasFailed = !(await tell(bank, endpoint, event));
      if (hasFailed) break;
      sentThrough = event.sequence;
    }
  }
  if (!hasFailed) await releaseClaim(bank, endpoint.id);
  return true;
}

async function tell(bank: Bank, endpoint: Endpoint, event: EventRow): Promise<boolean> {
  if (!fits(endpoint.types, event.type)) {
    await bank.pools.recovery.query(
      "UPDATE webhook_endpoint SET sent_through = $2 WHERE id = $1 AND sent_through < $2",
      [endpoint.id, event.sequence],
    );
    return true;
  }
  // The operator's list may have grown shorter since the endpoint was made.
  const attempt: Attempt = isAllowed(bank.webhookTargets, endpoint.url)
    ? await postEvent(endpoint.url, endpoint.secret, {
        id: event.id,
        body: await bodyOf(bank, event),
      })
    : { isDelivered: false, status: null, error: "the address is not allowed any more" };
  await keep(bank, endpoint, event, attempt);
  return attempt.isDelivered;
}

/** The delivery and how far the endpoint has come, in one statement. */
async function keep(
  bank: Bank,
  endpoint: Endpoint,
  event: EventRow,
  { isDelivered, status, error }: Attempt,
): Promise<void> {
  await bank.pools.recovery.query(
    `WITH kept AS (
       INSERT INTO webhook_delivery AS d
              (endpoint_id, sequence, status, attempts, last_status, last_error)
       VALUES ($1, $2, CASE WHEN $3 THEN 'delivered' WHEN $7 THEN 'given-up' ELSE 'failing' END,
               1, $4, $5)
       ON CONFLICT (endpoint_id, sequence) DO UPDATE
          SET status = excluded.status, attempts = d.attempts + 1, last_at = now(),
              last_status = excluded.last_status, last_error = excluded.last_error
       RETURNING attempts),
     gone_on AS (
       UPDATE webhook_endpoint
          SET sent_through = CASE WHEN $3 THEN $2 ELSE sent_through END,
              failures = CASE WHEN $3 THEN 0 ELSE failures + 1 END,
              status = CASE WHEN $7 THEN 'paused' ELSE status END,
              wake_at = CASE WHEN $3 THEN wake_at ELSE now() + $6 * interval '1 second' END
        WHERE id = $1)
     SELECT attempts FROM kept`,
    [
      ...[endpoint.id, event.sequence, isDelivered, status, error],
      backoffSeconds(endpoint.failures),
      !isDelivered && endpoint.failures + 1 >= FAILURES_MAX,
    ],
  );
}

/** Full jitter below a bound that doubles: many endpoints do not come back at one moment. */
function backoffSeconds(failures: number): number {
  return 0.5 + Math.random() * Math.min(BACKOFF_MAX_S, 2 ** Math.min(failures, 12));
}

async function releaseClaim(bank: Bank, id: string): Promise<void> {
  await bank.pools.recovery.query("UPDATE webhook_endpoint SET wake_at = now() WHERE id = $1", [
    id,
  ]);
}
