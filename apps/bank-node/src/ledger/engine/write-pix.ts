import { lookupKind } from "../../pix/lookups/buckets.ts";
import { AT, json } from "./columns.ts";
import type { PixKeyRow } from "./rows.ts";
import type { Statement } from "./session.ts";
import type { WorkingSet } from "./working-set.ts";

interface PixDetails {
  readonly key: string | null;
  readonly txid: string | null;
}

/** What a batch changes of keys, charges and payments, and who is to be told of it. */
export function* writePix(set: WorkingSet): Generator<Statement> {
  const keys = set.pixKeys.changed().toSorted((one, other) => (one.key < other.key ? -1 : 1));
  if (keys.length > 0) yield* pixKeys(set, keys);
  yield* charges(set);
  const payments = set.pixPayments;
  if (payments.length === 0) return;
  yield* webhookEvents(set);
  yield* earnedLookups(set);
  yield {
    name: "engine-pix-payments",
    text: `INSERT INTO pix_payment (end_to_end_id, direction, account, amount, transaction_id,
                                    details, settled_at)
           SELECT id, direction, account, amount, transaction_id, details::jsonb, ${AT("$7::bigint")}
             FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::uuid[], $6::text[])
                  AS new (id, direction, account, amount, transaction_id, details)`,
    values: [
      payments.map((payment) => payment.endToEndId),
      payments.map((payment) => payment.direction),
      payments.map((payment) => payment.account),
      payments.map((payment) => payment.amount),
      payments.map((payment) => payment.transactionId),
      payments.map((payment) => json(payment.details)),
      set.now,
    ],
  };
}

function* charges(set: WorkingSet): Generator<Statement> {
  const changed = set.charges.changed();
  if (changed.length === 0) return;
  yield {
    name: "engine-pix-charges-save",
    text: `UPDATE pix_charge
              SET status = new.status, pending = new.pending, paid_by = new.paid_by,
                  paid_amount = new.paid_amount, paid_at = ${AT("new.paid_at")},
                  changed_at = CASE WHEN pix_charge.status = new.status THEN changed_at
                                    ELSE now() END
             FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[])
                  AS new (txid, status, pending, paid_by, paid_amount, paid_at)
            WHERE pix_charge.txid = new.txid`,
    values: [
      changed.map((charge) => charge.txid),
      changed.map((charge) => charge.status),
      changed.map((charge) => charge.pending),
      changed.map((charge) => charge.paidBy),
      changed.map((charge) => charge.paidAmount),
      changed.map((charge) => charge.paidAt),
    ],
  };
}

/** Who really pays may look up again (DICT). Of a whole bank nothing is given back here: its one row would be in every batch. */
function* earnedLookups(set: WorkingSet): Generator<Statement> {
  const paid = set.pixPayments.filter(({ direction }) => direction === "sent");
  if (paid.length === 0) return;
  yield {
    name: "engine-pix-lookups-earned",
    text: `WITH paid AS (
             SELECT asker, keys, count(*) AS times
               FROM unnest($1::text[], $2::text[]) AS one (asker, keys) GROUP BY asker, keys),
           locked AS (
             SELECT asker, keys, paid.times FROM pix_lookup JOIN paid USING (asker, keys)
              ORDER BY asker, keys FOR UPDATE OF pix_lookup)
           UPDATE pix_lookup AS bucket SET tokens = least(bucket.most, bucket.tokens + locked.times)
             FROM locked WHERE bucket.asker = locked.asker AND bucket.keys = locked.keys`,
    values: [
      paid.map(({ account }) => account),
      paid.map(({ details }) => lookupKind((details as PixDetails).key)),
    ],
  };
}

/** Receivers who want to be told: their events are durable with the money. */
function* webhookEvents(set: WorkingSet): Generator<Statement> {
  const keys = set.pixPayments.flatMap(({ direction, endToEndId, details }) => {
    const { key, txid } = details as PixDetails;
    return direction === "received" && key !== null && txid !== null ? [{ key, endToEndId }] : [];
  });
  if (keys.length === 0) return;
  yield {
    name: "engine-pix-webhook-events",
    text: `WITH told AS (
             INSERT INTO pix_webhook_event (key, end_to_end_id, about)
             SELECT w.key, new.id, 'received'
               FROM unnest($1::text[], $2::text[]) AS new (key, id)
               JOIN pix_webhook w ON w.key = new.key AND w.url IS NOT NULL
             RETURNING key)
           UPDATE pix_webhook SET due_at = coalesce(due_at, now())
            WHERE key IN (SELECT key FROM told)`,
    values: [keys.map(({ key }) => key), keys.map(({ endToEndId }) => endToEndId)],
  };
}

/** The position of a row rises when its version does, and only then; so do the digests change. */
function* pixKeys(set: WorkingSet, keys: readonly PixKeyRow[]): Generator<Statement> {
  yield {
    name: "engine-pix-keys-save",
    text: `INSERT INTO pix_key AS old (key, type, version, owner, transaction_id, pending, cid,
                                       proof, pending_account, position)
           SELECT key, type, version, owner::jsonb, transaction_id, pending, cid, proof::jsonb,
                  pending_account, CASE WHEN version > 0 THEN nextval('pix_key_position') END
             FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::uuid[], $6::uuid[],
                         $7::text[], $8::text[], $9::text[])
                  AS new (key, type, version, owner, transaction_id, pending, cid, proof,
                          pending_account)
           ON CONFLICT (key) DO UPDATE
              SET version = excluded.version, owner = excluded.owner,
                  transaction_id = excluded.transaction_id, pending = excluded.pending,
                  pending_account = excluded.pending_account,
                  cid = excluded.cid, proof = excluded.proof,
                  claim = CASE WHEN excluded.version > old.version THEN NULL ELSE old.claim END,
                  position = CASE WHEN excluded.version > old.version THEN excluded.position
                                  ELSE old.position END,
                  changed_at = CASE WHEN excluded.version > old.version THEN now()
                                    ELSE old.changed_at END`,
    values: [
      keys.map((row) => row.key),
      keys.map((row) => row.type),
      keys.map((row) => row.version),
      keys.map((row) => (row.owner === null ? null : json(row.owner))),
      keys.map((row) => row.transactionId),
      keys.map((row) => row.pending),
      keys.map((row) => row.cid),
      keys.map((row) => (row.proof === null ? null : json(row.proof))),
      keys.map((row) => row.pendingAccount),
    ],
  };
  const toggled = keys.flatMap((row) => {
    const before = set.pixKeys.fetched(row.key)?.cid ?? null;
    const cids = before === row.cid ? [] : [before, row.cid];
    return cids.flatMap((cid) => (cid === null ? [] : [{ type: row.type, cid }]));
  });
  if (toggled.length === 0) return;
  yield {
    name: "engine-pix-digests",
    text: `UPDATE pix_digest SET digest = digest # changed.cids
             FROM (SELECT type, bit_xor(('x' || cid)::bit(256)) AS cids
                     FROM unnest($1::text[], $2::text[]) AS toggled (type, cid)
                    GROUP BY type ORDER BY type) AS changed
            WHERE pix_digest.type = changed.type`,
    values: [toggled.map(({ type }) => type), toggled.map(({ cid }) => cid)],
  };
}
