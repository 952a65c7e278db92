import type { PixKeyOwner, PixKeyView } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";
import type { Tx } from "../database/transaction.ts";

export interface DirectoryRow {
  readonly key: string;
  readonly type: PixKeyView["type"];
  readonly version: number;
  readonly owner: PixKeyOwner | null;
  readonly pending: string | null;
  readonly changedAt: Date;
  readonly position: string | null;
}

const COLUMNS = `key, type, version, owner, pending, changed_at AS "changedAt",
  position::text AS position`;

/** What this bank's copy of the directory says of a key. */
export async function selectKey(pool: Pool, key: string): Promise<DirectoryRow | undefined> {
  const { rows } = await pool.query<DirectoryRow>(`SELECT ${COLUMNS} FROM pix_key WHERE key = $1`, [
    key,
  ]);
  return rows[0];
}

interface KeysOf {
  readonly bank: string;
  readonly account: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** Keys that point to this bank's accounts, the last changed first. */
export async function selectKeys(pool: Pool, of: KeysOf): Promise<DirectoryRow[]> {
  const { rows } = await pool.query<DirectoryRow>(
    `SELECT ${COLUMNS} FROM pix_key
      WHERE owner ->> 'bank' = $1 AND ($2::text IS NULL OR owner ->> 'account' = $2)
        AND ($3::bigint IS NULL OR position < $3)
      ORDER BY position DESC LIMIT $4`,
    [of.bank, of.account, of.before, of.limit],
  );
  return rows;
}

export interface HolderRow {
  readonly kind: string;
  readonly agency: string;
  readonly name: string;
  readonly taxId: string;
  readonly keys: number;
}

/** An account with its first holder and how many keys point to it. */
export async function selectHolder(
  pool: Pool | Tx,
  bank: string,
  account: string,
): Promise<HolderRow | undefined> {
  const { rows } = await pool.query<HolderRow>(
    `SELECT c.kind, a.agency, c.name, c.tax_id AS "taxId",
            (SELECT count(*) FROM pix_key
              WHERE owner ->> 'bank' = $1 AND owner ->> 'account' = $2)::int AS keys
       FROM account a JOIN account_holder h ON h.account_id = a.id
       JOIN client c ON c.id = h.client_id
      WHERE a.number = $2 ORDER BY h.position LIMIT 1`,
    [bank, account],
  );
  return rows[0];
}
