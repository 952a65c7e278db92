import type { AccountId, AccountState } from "@pacto/banking";
import type { Command, IdempotencyKey } from "./command.ts";
import type {
  ApprovalRules,
  BranchRow,
  ChargeRow,
  CoordinatorRow,
  CounterRules,
  Exposure,
  IdempotencyRow,
  PeerRow,
  PixHolderRow,
  PixKeyRow,
  RefundBalance,
  RegisterRow,
  ReturnHoldRow,
} from "./rows.ts";
import type { Session, Statement } from "./session.ts";
import { lockSpending } from "./fetch-spending.ts";
import { WorkingSet } from "./working-set.ts";

// Lock order, the same in every batch of every replica, so that batches never deadlock:
// coordinator rows by id, branch rows by id, register entries by id, accounts by id, limits by id,
// PIX keys by key, PIX charges by txid, special returns by id, refunded payments by end-to-end id.

const CLOCK = {
  name: "engine-clock",
  text: `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
                (SELECT incarnation FROM bank_state) AS incarnation,
                (SELECT mode FROM bank_state) AS mode,
                EXISTS (SELECT FROM spending_limit) AS "hasLimits",
                (SELECT jsonb_build_object('drawersRequired', drawers_required,
                                           'withdrawalMax', withdrawal_max)
                   FROM counter_rules WHERE only_row) AS "counterRules",
                (SELECT jsonb_build_object('isRequired', is_required, 'amountFrom', amount_from)
                   FROM approval_rules WHERE only_row) AS "approvalRules",
                (SELECT bank FROM bank_state) AS bank,
                (SELECT jsonb_object_agg(bank, jsonb_build_object(
                          'incarnation', incarnation, 'forgottenUpTo', forgotten_up_to))
                   FROM peer) AS peers`,
};

const IDEMPOTENCY = {
  name: "engine-idempotency",
  text: `SELECT r.scope, r.key, r.operation, r.request, r.result
           FROM unnest($1::text[], $2::text[]) AS wanted (scope, key)
           JOIN idempotency_record r USING (scope, key)`,
};

const COORDINATORS = {
  name: "engine-coordinators",
  text: `SELECT id, record, purpose, created_by AS "createdBy",
                (extract(epoch FROM decided_at) * 1000)::float8 AS "decidedAt"
           FROM global_transaction WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
};

const BRANCHES = {
  name: "engine-branches",
  text: `SELECT transaction_id AS id, coordinator, record, debits,
                (extract(epoch FROM decided_at) * 1000)::float8 AS "decidedAt"
           FROM branch WHERE transaction_id = ANY($1::uuid[]) ORDER BY transaction_id FOR UPDATE`,
};

const REGISTERS = {
  name: "engine-registers",
  text: `SELECT transaction_id AS id, record FROM register_entry
          WHERE transaction_id = ANY($1::uuid[]) ORDER BY transaction_id FOR UPDATE`,
};

// Two processes of the bank may not fill the same room: whoever adds to it waits for the other.
const EXPOSURE_LOCKS = {
  name: "engine-exposure-locks",
  text: `SELECT pg_advisory_xact_lock(hashtextextended('exposure ' || bank, 0))
           FROM (SELECT bank FROM unnest($1::text[]) AS named (bank) ORDER BY bank) AS ordered`,
};

// Rows in doubt are those with a wake-up: the index keeps this as cheap as they are few.
const EXPOSURES = {
  name: "engine-exposures",
  text: `SELECT coordinator, count(*)::int AS open, sum(debits)::bigint AS "heldCentavos"
           FROM branch WHERE wake_at IS NOT NULL AND state = 'prepared' GROUP BY coordinator`,
};

const ACCOUNTS = {
  name: "engine-accounts",
  text: `SELECT id, number, status, debits_blocked AS "debitsBlocked",
                credits_blocked AS "creditsBlocked", floor, ceiling, ledger, held, incoming, version,
                signing
           FROM account WHERE number = ANY($1::text[]) ORDER BY id FOR UPDATE`,
};

const PIX_KEYS = {
  name: "engine-pix-keys",
  text: `SELECT key, type, version, owner, transaction_id AS "transactionId", pending,
                pending_account AS "pendingAccount", cid, proof, claim
           FROM pix_key WHERE key = ANY($1::text[]) ORDER BY key FOR UPDATE`,
};

// Read once the accounts are locked, so that registrations for one account count one another.
const PIX_HOLDERS = {
  name: "engine-pix-holders",
  text: `SELECT a.number AS account,
                (SELECT c.kind FROM account_holder h JOIN client c ON c.id = h.client_id
                  WHERE h.account_id = a.id ORDER BY h.position LIMIT 1) AS kind,
                ARRAY(SELECT key FROM pix_key
                       WHERE owner ->> 'account' = a.number AND owner ->> 'bank' = $2
                      UNION SELECT key FROM pix_key WHERE pending_account = a.number) AS keys
           FROM account a WHERE a.number = ANY($1::text[])`,
};

const CHARGES = {
  name: "engine-pix-charges",
  text: `SELECT txid, status, key, terms, (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt",
                pending, paid_by AS "paidBy", paid_amount AS "paidAmount",
                (extract(epoch FROM paid_at) * 1000)::float8 AS "paidAt"
           FROM pix_charge WHERE txid = ANY($1::text[]) ORDER BY txid FOR UPDATE`,
};

const RETURN_HOLDS = {
  name: "engine-pix-return-holds",
  text: `SELECT id, state, held, missing, (watch_until > now()) AS "isWatched"
           FROM pix_return_hold WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
};

// The balance of a payment begins with its first refund.
const BEGIN_REFUNDS = {
  name: "engine-pix-refunds-begin",
  text: `INSERT INTO pix_refund_balance (end_to_end_id, account, original, transaction_id, settled_at)
         SELECT end_to_end_id, account, amount, transaction_id, settled_at
           FROM pix_payment WHERE direction = 'received' AND end_to_end_id = ANY($1::text[])
          ORDER BY end_to_end_id
         ON CONFLICT DO NOTHING`,
};

const REFUNDS = {
  name: "engine-pix-refunds",
  text: `SELECT end_to_end_id AS "endToEndId", original, refunded,
                (extract(epoch FROM settled_at) * 1000)::float8 AS "settledAt"
           FROM pix_refund_balance WHERE end_to_end_id = ANY($1::text[])
          ORDER BY end_to_end_id FOR UPDATE`,
};

const NO_APPROVALS: ApprovalRules = { isRequired: false, amountFrom: null };
const NO_RULES: CounterRules = { drawersRequired: false, withdrawalMax: null };

/** Separates scope and key in a map's key: no scope or key contains it. */
const UNIT = "\u001f";

export function idempotencyMapKey(key: IdempotencyKey): string {
  return `${key.scope}${UNIT}${key.key}`;
}

function idsOf(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

async function rowsById<Row extends { readonly id: string }>(
  session: Session,
  statement: Statement,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const { rows } = await session.query<Row>({ ...statement, values: [ids] });
  return new Map(rows.map((row) => [row.id, row]));
}

async function fetchIdempotency(
  session: Session,
  keys: readonly IdempotencyKey[],
): Promise<Map<string, IdempotencyRow>> {
  if (keys.length === 0) return new Map();
  const { rows } = await session.query<IdempotencyRow>({
    ...IDEMPOTENCY,
    values: [keys.map((key) => key.scope), keys.map((key) => key.key)],
  });
  return new Map(rows.map((row) => [idempotencyMapKey(row), row]));
}

interface Clock {
  readonly now: number;
  readonly incarnation: number | null;
  readonly mode: string | null;
  readonly hasLimits: boolean;
  readonly counterRules: CounterRules | null;
  readonly approvalRules: ApprovalRules | null;
  readonly bank: string | null;
  readonly peers: Record<string, PeerRow> | null;
}

async function fetchExposures(
  session: Session,
  commands: readonly Command<unknown>[],
): Promise<Map<string, Exposure>> {
  const coordinators = idsOf(commands.map((command) => command.exposedTo));
  if (coordinators.length === 0) return new Map();
  const [, { rows }] = await Promise.all([
    session.query({ ...EXPOSURE_LOCKS, values: [coordinators] }),
    session.query<Exposure & { readonly coordinator: string }>(EXPOSURES),
  ]);
  return new Map(rows.map((row) => [row.coordinator, row]));
}

/**
 * Opens the batch's transaction, locks every row the commands name, and fetches it: at most sixteen
 * statements, whatever the number of commands. The caller commits or rolls back.
 */
export async function fetchWorkingSet(
  session: Session,
  commands: readonly Command<unknown>[],
): Promise<WorkingSet> {
  const keys = commands.flatMap((command) => command.idempotency ?? []);
  // Sent together; the connection answers in order, so the locks are taken in this order too.
  const [, clock, idempotency, coordinators, branches, registers, exposures] =
    await session.together(() =>
      Promise.all([
        session.begin(),
        session.query<Clock>(CLOCK),
        fetchIdempotency(session, keys),
        rowsById<CoordinatorRow>(session, COORDINATORS, idsOf(commands.map((c) => c.coordinated))),
        rowsById<BranchRow>(session, BRANCHES, idsOf(commands.map((c) => c.branch))),
        rowsById<RegisterRow>(session, REGISTERS, idsOf(commands.map((c) => c.witnessed))),
        fetchExposures(session, commands),
      ]),
    );
  const bank = clock.rows[0];
  if (bank === undefined || bank.bank === null || bank.incarnation === null) {
    throw new Error("bank_state has no row");
  }
  const set = new WorkingSet({
    bank: bank.bank,
    now: Math.trunc(bank.now),
    incarnation: bank.incarnation,
    recovering: bank.mode === "recovering",
    draining: bank.mode === "draining",
    counterRules: bank.counterRules ?? NO_RULES,
    approvalRules: bank.approvalRules ?? NO_APPROVALS,
    peers: new Map(Object.entries(bank.peers ?? {})),
    exposures,
    idempotency,
    coordinators,
    branches,
    registers,
  });
  const accounts = await lockAccounts(session, set, commands);
  await lockPixKeys(session, set, commands);
  await lockCharges(session, set, commands);
  await lockReturnHolds(session, set, commands);
  await lockRefunds(session, set, commands);
  if (bank.hasLimits && accounts.length > 0) {
    const transactions = idsOf(commands.flatMap((c) => [c.coordinated, c.branch]));
    set.spending.load(await lockSpending(session, accounts, transactions));
  }
  return set;
}

async function lockPixKeys(
  session: Session,
  set: WorkingSet,
  commands: readonly Command<unknown>[],
): Promise<void> {
  const keys = new Set<string>();
  for (const command of commands) for (const key of command.pixKeys?.(set) ?? []) keys.add(key);
  if (keys.size === 0) return;
  const { rows } = await session.query<PixKeyRow>({ ...PIX_KEYS, values: [[...keys]] });
  set.pixKeys.load(rows.map((row) => [row.key, row]));
  const holders = new Set(commands.flatMap((command) => [...(command.pixHolders?.(set) ?? [])]));
  if (holders.size === 0) return;
  const values = [[...holders], set.bank];
  const { rows: held } = await session.query<PixHolderRow>({ ...PIX_HOLDERS, values });
  for (const row of held) set.pixHolders.set(row.account, row);
}

async function lockCharges(
  session: Session,
  set: WorkingSet,
  commands: readonly Command<unknown>[],
): Promise<void> {
  const txids = new Set(commands.flatMap((command) => [...(command.charges?.(set) ?? [])]));
  if (txids.size === 0) return;
  const { rows } = await session.query<ChargeRow>({ ...CHARGES, values: [[...txids]] });
  set.charges.load(rows.map((row) => [row.txid, row]));
}

async function lockReturnHolds(
  session: Session,
  set: WorkingSet,
  commands: readonly Command<unknown>[],
): Promise<void> {
  const ids = idsOf(commands.map(({ specialReturn }) => specialReturn));
  const rows = await rowsById<ReturnHoldRow>(session, RETURN_HOLDS, ids);
  for (const [id, row] of rows) set.returnHolds.set(id, row);
}

async function lockRefunds(
  session: Session,
  set: WorkingSet,
  commands: readonly Command<unknown>[],
): Promise<void> {
  const ids = idsOf(commands.map(({ refunded }) => refunded));
  if (ids.length === 0) return;
  const [, { rows }] = await Promise.all([
    session.query({ ...BEGIN_REFUNDS, values: [ids] }),
    session.query<RefundBalance>({ ...REFUNDS, values: [ids] }),
  ]);
  set.loadRefunds(rows);
}

interface LockedAccount extends AccountState {
  readonly number: string;
  readonly signing: string;
}

async function lockAccounts(
  session: Session,
  set: WorkingSet,
  commands: readonly Command<unknown>[],
): Promise<AccountId[]> {
  const numbers = new Set<string>();
  for (const command of commands) for (const number of command.accounts(set)) numbers.add(number);
  if (numbers.size === 0) return [];
  const { rows } = await session.query<LockedAccount>({
    ...ACCOUNTS,
    values: [[...numbers]],
  });
  for (const { number, signing, ...state } of rows) {
    set.addAccount(number, state, signing === "both");
  }
  return rows.map(({ id }) => id);
}
