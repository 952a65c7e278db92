import type { AccountState } from "@pacto/banking";
import { auditedDetails } from "../../audit/audited.ts";
import { AT, json } from "./columns.ts";
import type { BranchRow, CoordinatorRow, RegisterRow } from "./rows.ts";
import type { Session, Statement } from "./session.ts";
import type { WorkingSet } from "./working-set.ts";
import { writePix } from "./write-pix.ts";

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
    ...writePix(set),
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
