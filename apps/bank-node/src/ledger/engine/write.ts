import type { AccountState } from "@pacto/banking";
import { lookupKind } from "../../pix/lookups/buckets.ts";
import { auditedDetails } from "../../audit/audited.ts";
import type { BranchRow, CoordinatorRow, PixKeyRow, RegisterRow } from "./rows.ts";
import type { Session, Statement } from "./session.ts";
import type { WorkingSet } from "./working-set.ts";

interface PixDetails {
  readonly key: string | null;
  readonly txid: string | null;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Epoch milliseconds to a timestamp; null stays null. */
const AT = (column: string) => `to_timestamp(${column} / 1000.0)`;

function* newAccounts(set: WorkingSet): Generator<Statement> {
  const opened = set.newAccounts;
  if (opened.length === 0) return;
  yield {
    name: "engine-open-accounts",
    text: `INSERT INTO account (id, kind, agency, number, normal_side, floor, ceiling, signing)
           SELECT id, kind, agency, number, 'credit', floor, ceiling, signing
             FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                         $6::bigint[], $7::text[])
                  AS new (id, kind, agency, number, floor, ceiling, signing)`,
    values: [
      opened.map((account) => account.state.id),
      opened.map((account) => account.kind),
      opened.map((account) => account.agency),
      opened.map((account) => account.number),
      opened.map((account) => account.state.floor),
      opened.map((account) => account.state.ceiling),
      opened.map((account) => account.signing),
    ],
  };
  const holders = opened.flatMap((account) =>
    account.holders.map((client, at) => ({ account: account.state.id, client, position: at + 1 })),
  );
  yield {
    name: "engine-account-holders",
    text: `INSERT INTO account_holder (account_id, client_id, position)
           SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::int[])`,
    values: [
      holders.map((holder) => holder.account),
      holders.map((holder) => holder.client),
      holders.map((holder) => holder.position),
    ],
  };
}

function* postings(set: WorkingSet): Generator<Statement> {
  if (set.postings.length === 0) return;
  yield {
    name: "engine-postings",
    text: `INSERT INTO posting (id, kind, description, transaction_id, actor)
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[])`,
    values: [
      set.postings.map((posting) => posting.id),
      set.postings.map((posting) => posting.kind),
      set.postings.map((posting) => posting.description),
      set.postings.map((posting) => posting.transactionId),
      set.postings.map((posting) => posting.actor),
    ],
  };
  yield {
    name: "engine-entries",
    text: `INSERT INTO entry (account_id, version, posting_id, amount, balance_after)
           SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[])`,
    values: [
      set.entries.map(({ entry }) => entry.account),
      set.entries.map(({ entry }) => entry.version),
      set.entries.map(({ postingId }) => postingId),
      set.entries.map(({ entry }) => entry.amount),
      set.entries.map(({ entry }) => entry.balanceAfter),
    ],
  };
}

function* balances(set: WorkingSet): Generator<Statement> {
  const changed = [...set.changedAccounts].flatMap((id): AccountState[] => {
    const account = set.account(id);
    return account === undefined ? [] : [account];
  });
  if (changed.length === 0) return;
  yield {
    name: "engine-balances",
    text: `UPDATE account SET ledger = new.ledger, held = new.held, incoming = new.incoming,
                  version = new.version
             FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
                  AS new (id, ledger, held, incoming, version)
            WHERE account.id = new.id`,
    values: [
      changed.map((account) => account.id),
      changed.map((account) => account.ledger),
      changed.map((account) => account.held),
      changed.map((account) => account.incoming),
      changed.map((account) => account.version),
    ],
  };
}

function* terms(set: WorkingSet): Generator<Statement> {
  const changed = [...set.changedTerms].flatMap((id): AccountState[] => {
    const account = set.account(id);
    return account === undefined ? [] : [account];
  });
  if (changed.length === 0) return;
  yield {
    name: "engine-terms",
    text: `UPDATE account SET status = new.status, debits_blocked = new.debits_blocked,
                  credits_blocked = new.credits_blocked, floor = new.floor, ceiling = new.ceiling
             FROM unnest($1::bigint[], $2::text[], $3::bool[], $4::bool[], $5::bigint[],
                         $6::bigint[])
                  AS new (id, status, debits_blocked, credits_blocked, floor, ceiling)
            WHERE account.id = new.id`,
    values: [
      changed.map((account) => account.id),
      changed.map((account) => account.status),
      changed.map((account) => account.debitsBlocked),
      changed.map((account) => account.creditsBlocked),
      changed.map((account) => account.floor),
      changed.map((account) => account.ceiling),
    ],
  };
}

function* limits(set: WorkingSet): Generator<Statement> {
  const changed = set.spending.changed();
  if (changed.length === 0) return;
  yield {
    name: "engine-spending",
    text: `UPDATE spending_limit SET used = new.used, period_start = ${AT("new.period_start")}
             FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS new (id, used, period_start)
            WHERE spending_limit.id = new.id`,
    values: [
      changed.map((limit) => limit.id),
      changed.map((limit) => limit.used),
      changed.map((limit) => limit.periodStart),
    ],
  };
}

function* holds(set: WorkingSet): Generator<Statement> {
  if (set.holds.length > 0) {
    yield {
      name: "engine-place-holds",
      text: `INSERT INTO hold (transaction_id, account_id, direction, amount, placed_at)
             SELECT new.*, ${AT("$5::bigint")}
               FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[]) AS new`,
      values: [
        set.holds.map((hold) => hold.transactionId),
        set.holds.map((hold) => hold.account),
        set.holds.map((hold) => hold.direction),
        set.holds.map((hold) => hold.amount),
        set.now,
      ],
    };
  }
  if (set.resolved.length > 0) {
    yield {
      name: "engine-resolve-holds",
      text: `UPDATE hold SET status = done.status, resolved_at = now()
               FROM unnest($1::uuid[], $2::text[]) AS done (transaction_id, status)
              WHERE hold.transaction_id = done.transaction_id`,
      values: [
        set.resolved.map((resolved) => resolved.transactionId),
        set.resolved.map((resolved) => resolved.status),
      ],
    };
  }
}

function coordinatorColumns(rows: readonly CoordinatorRow[]): unknown[] {
  return [
    rows.map((row) => row.id),
    rows.map((row) => row.record.state),
    rows.map((row) => row.record.settled),
    rows.map((row) => json(row.record)),
    rows.map((row) => row.decidedAt),
    rows.map((row) => row.record.wakeAt),
  ];
}

function* coordinators(set: WorkingSet): Generator<Statement> {
  const inserted = set.coordinators.inserted();
  if (inserted.length > 0) {
    yield {
      name: "engine-begin-transactions",
      text: `INSERT INTO global_transaction
                    (id, state, settled, record, decided_at, wake_at, sequence, purpose,
                     created_by, created_at)
             SELECT id, state, settled, record::jsonb, ${AT("decided_at")}, ${AT("wake_at")},
                    sequence, purpose, created_by, ${AT("$10::bigint")}
               FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::text[], $5::bigint[],
                           $6::bigint[], $7::bigint[], $8::text[], $9::text[])
                    AS new (id, state, settled, record, decided_at, wake_at, sequence, purpose,
                            created_by)`,
      values: [
        ...coordinatorColumns(inserted),
        inserted.map((row) => row.record.descriptor.sequence),
        inserted.map((row) => row.purpose),
        inserted.map((row) => row.createdBy),
        set.now,
      ],
    };
  }
  const updated = set.coordinators.updated();
  if (updated.length > 0) {
    yield {
      name: "engine-save-transactions",
      text: `UPDATE global_transaction
                SET state = new.state, settled = new.settled, record = new.record::jsonb,
                    decided_at = ${AT("new.decided_at")}, wake_at = ${AT("new.wake_at")}
               FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::text[], $5::bigint[],
                           $6::bigint[]) AS new (id, state, settled, record, decided_at, wake_at)
              WHERE global_transaction.id = new.id`,
      values: coordinatorColumns(updated),
    };
  }
}

function branchColumns(rows: readonly BranchRow[]): unknown[] {
  return [
    rows.map((row) => row.id),
    rows.map((row) => row.record.state),
    rows.map((row) => json(row.record)),
    rows.map((row) => row.decidedAt),
    rows.map((row) => row.record.wakeAt),
  ];
}

function* branches(set: WorkingSet): Generator<Statement> {
  const inserted = set.branches.inserted();
  if (inserted.length > 0) {
    yield {
      name: "engine-vote",
      text: `INSERT INTO branch (transaction_id, state, record, decided_at, wake_at, coordinator,
                                 debits)
             SELECT id, state, record::jsonb, ${AT("decided_at")}, ${AT("wake_at")}, coordinator, debits
               FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[],
                           $6::text[], $7::bigint[])
                    AS new (id, state, record, decided_at, wake_at, coordinator, debits)`,
      values: [
        ...branchColumns(inserted),
        inserted.map((row) => row.coordinator),
        inserted.map((row) => row.debits),
      ],
    };
  }
  const updated = set.branches.updated();
  if (updated.length > 0) {
    yield {
      name: "engine-save-branches",
      text: `UPDATE branch
                SET state = new.state, record = new.record::jsonb,
                    decided_at = ${AT("new.decided_at")}, wake_at = ${AT("new.wake_at")}
               FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
                    AS new (id, state, record, decided_at, wake_at)
              WHERE branch.transaction_id = new.id`,
      values: branchColumns(updated),
    };
  }
}

function* registers(set: WorkingSet): Generator<Statement> {
  const columns = (rows: readonly RegisterRow[]) => [
    rows.map((row) => row.id),
    rows.map((row) => json(row.record)),
  ];
  const inserted = set.registers.inserted();
  if (inserted.length > 0) {
    yield {
      name: "engine-new-register-entries",
      text: `INSERT INTO register_entry (transaction_id, record)
             SELECT id, record::jsonb FROM unnest($1::uuid[], $2::text[]) AS new (id, record)`,
      values: columns(inserted),
    };
  }
  const updated = set.registers.updated();
  if (updated.length > 0) {
    yield {
      name: "engine-save-register-entries",
      text: `UPDATE register_entry SET record = new.record::jsonb, updated_at = now()
               FROM unnest($1::uuid[], $2::text[]) AS new (id, record)
              WHERE register_entry.transaction_id = new.id`,
      values: columns(updated),
    };
  }
}

function* peers(set: WorkingSet): Generator<Statement> {
  const raised = [...set.raisedIncarnations].sort(([a], [b]) => (a < b ? -1 : 1));
  if (raised.length === 0) return;
  yield {
    name: "engine-raise-incarnations",
    text: `INSERT INTO peer (bank, incarnation)
           SELECT * FROM unnest($1::text[], $2::int[])
           ON CONFLICT (bank) DO UPDATE
              SET incarnation = greatest(peer.incarnation, excluded.incarnation)`,
    values: [raised.map(([bank]) => bank), raised.map(([, incarnation]) => incarnation)],
  };
}

function* remembered(set: WorkingSet): Generator<Statement> {
  const rows = set.idempotency.inserted();
  if (rows.length === 0) return;
  yield {
    name: "engine-remember",
    text: `INSERT INTO idempotency_record (scope, key, operation, request, result)
           SELECT scope, key, operation, request, result::jsonb
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
                  AS new (scope, key, operation, request, result)`,
    values: [
      rows.map((row) => row.scope),
      rows.map((row) => row.key),
      rows.map((row) => row.operation),
      rows.map((row) => row.request),
      rows.map((row) => json(row.result)),
    ],
  };
}

function* audits(set: WorkingSet): Generator<Statement> {
  if (set.audits.length === 0) return;
  yield {
    name: "engine-audit",
    text: `INSERT INTO audit_event (actor, actor_bank, action, subject, transaction_id, details,
                                    roles, session, address, correlation_id)
           SELECT actor, actor_bank, action, subject, transaction_id, details::jsonb,
                  roles, session, address, correlation_id
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[],
                         $7::text[], $8::text[], $9::text[], $10::text[])
                  AS new (actor, actor_bank, action, subject, transaction_id, details,
                          roles, session, address, correlation_id)`,
    values: [
      set.audits.map((event) => event.actor),
      set.audits.map((event) => event.actorBank),
      set.audits.map((event) => event.action),
      set.audits.map((event) => event.subject),
      set.audits.map((event) => event.transactionId),
      set.audits.map(auditedDetails),
      set.audits.map((event) => event.roles),
      set.audits.map((event) => event.session),
      set.audits.map((event) => event.address),
      set.audits.map((event) => event.correlationId),
    ],
  };
}

function* pix(set: WorkingSet): Generator<Statement> {
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

/** The batch's writes: at most one statement for each kind of row, however many rows. */
export function writesOf(set: WorkingSet): Statement[] {
  return [
    ...remembered(set),
    ...newAccounts(set),
    ...postings(set),
    ...terms(set),
    ...balances(set),
    ...limits(set),
    ...holds(set),
    ...coordinators(set),
    ...branches(set),
    ...registers(set),
    ...peers(set),
    ...pix(set),
    ...audits(set),
    ...set.extras,
  ];
}

/**
 * Writes and commits. Statements are sent together with the COMMIT: one that fails (a key that
 * another replica wrote first, a broken check) turns the COMMIT into a rollback.
 * Throws what the first failing statement threw.
 */
export async function writeAndCommit(session: Session, set: WorkingSet): Promise<void> {
  const statements = [...writesOf(set), "COMMIT"];
  const sent = session.together(() => statements.map((statement) => session.query(statement)));
  const settled = await Promise.allSettled(sent);
  for (const result of settled) if (result.status === "rejected") throw result.reason;
  const commit = settled.at(-1);
  if (commit?.status === "fulfilled" && commit.value.command !== "COMMIT") {
    throw new Error(`the database answered ${commit.value.command} to COMMIT`);
  }
}
