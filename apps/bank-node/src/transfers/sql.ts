import type { BranchRow, CoordinatorRow } from "../ledger/engine/rows.ts";
import type { Pool } from "../database/pools.ts";

const COLUMNS = `id, record, purpose, created_by AS "createdBy", created_at AS "createdAt",
  (extract(epoch FROM decided_at) * 1000)::float8 AS "decidedAt"`;

export type TransferRow = CoordinatorRow & { readonly createdAt: Date };

/** A transfer that this bank coordinates, or undefined. */
export async function selectTransfer(pool: Pool, id: string): Promise<TransferRow | undefined> {
  const { rows } = await pool.query<TransferRow>({
    name: "transfer-by-id",
    text: `SELECT ${COLUMNS} FROM global_transaction WHERE id = $1 AND purpose = 'transfer'`,
    values: [id],
  });
  return rows[0];
}

interface TransferFilter {
  readonly openOnly: boolean;
  /** Of this bank. */
  readonly account?: string | undefined;
  readonly bank: string;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Transfers that this bank coordinates, newest first. */
export async function selectTransfers(pool: Pool, filter: TransferFilter): Promise<TransferRow[]> {
  const { rows } = await pool.query<TransferRow>(
    `SELECT ${COLUMNS} FROM global_transaction
      WHERE purpose = 'transfer'
        AND (NOT $1::bool OR (wake_at IS NOT NULL AND NOT settled))
        AND ($2::text IS NULL
             OR record @> jsonb_build_object('descriptor', jsonb_build_object('branches',
                  jsonb_build_array(jsonb_build_object('bank', $5::text, 'work', jsonb_build_object(
                    'legs', jsonb_build_array(jsonb_build_object('account', $2::text))))))))
        AND ($3::uuid IS NULL OR id < $3)
      ORDER BY id DESC LIMIT $4`,
    [filter.openOnly, filter.account ?? null, filter.before ?? null, filter.limit, filter.bank],
  );
  return rows;
}

export type BranchViewRow = BranchRow & { readonly votedAt: Date };

const BRANCH_COLUMNS = `transaction_id AS id, coordinator, record, voted_at AS "votedAt",
  (extract(epoch FROM decided_at) * 1000)::float8 AS "decidedAt"`;

/** This bank's branch of a transaction that another bank coordinates, or undefined. */
export async function selectBranch(pool: Pool, id: string): Promise<BranchViewRow | undefined> {
  const { rows } = await pool.query<BranchViewRow>(
    `SELECT ${BRANCH_COLUMNS} FROM branch WHERE transaction_id = $1`,
    [id],
  );
  return rows[0];
}

const IN_DOUBT_MAX = 500;

/** Branches that voted yes and wait for a decision, oldest first. */
export async function selectInDoubt(pool: Pool): Promise<BranchViewRow[]> {
  const { rows } = await pool.query<BranchViewRow>(
    `SELECT ${BRANCH_COLUMNS} FROM branch WHERE wake_at IS NOT NULL AND state = 'prepared'
      ORDER BY voted_at, transaction_id LIMIT ${IN_DOUBT_MAX}`,
  );
  return rows;
}

interface MarksRow {
  readonly begunAt: number | null;
  readonly decidedAt: number | null;
  readonly votedAt: number | null;
  readonly appliedAt: number | null;
  readonly witnessedAt: number | null;
}

function epochMs(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}

/** When this bank's rows of a transaction were written, in each of its roles; epoch milliseconds. */
export async function selectMarks(pool: Pool, id: string): Promise<MarksRow> {
  const { rows } = await pool.query<MarksRow>({
    name: "transfer-marks",
    text: `SELECT ${epochMs("g.created_at")} AS "begunAt", ${epochMs("g.decided_at")} AS "decidedAt",
        ${epochMs("b.voted_at")} AS "votedAt", ${epochMs("b.decided_at")} AS "appliedAt",
        ${epochMs("r.updated_at")} AS "witnessedAt"
      FROM (SELECT $1::uuid AS id) AS asked
      LEFT JOIN global_transaction g ON g.id = asked.id
      LEFT JOIN branch b ON b.transaction_id = asked.id
      LEFT JOIN register_entry r ON r.transaction_id = asked.id`,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("a query of one row gave none");
  return row;
}
