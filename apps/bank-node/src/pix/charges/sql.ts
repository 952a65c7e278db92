import type { ChargeStatus, ChargeTermsWire } from "@pacto/contract";
import type { Pool } from "../../database/pools.ts";
import type { Tx } from "../../database/transaction.ts";

export interface StoredCharge {
  readonly txid: string;
  readonly kind: "immediate" | "due";
  readonly status: ChargeStatus;
  readonly key: string;
  readonly account: string;
  readonly revision: number;
  readonly terms: ChargeTermsWire;
  readonly locationId: string;
  readonly token: string;
  readonly expiresAt: Date;
  readonly pending: string | null;
  readonly paidBy: string | null;
  readonly paidAmount: bigint | null;
  readonly paidAt: Date | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Name and city of the receiver, as its client record has them. */
  readonly receiver: string;
  readonly city: string | null;
}

const CHARGES = `
  SELECT c.txid, c.kind, c.status, c.key, c.account, c.revision, c.terms,
         c.location_id::text AS "locationId", c.token, c.expires_at AS "expiresAt", c.pending,
         c.paid_by AS "paidBy", c.paid_amount AS "paidAmount", c.paid_at AS "paidAt",
         c.created_at AS "createdAt", c.changed_at AS "changedAt",
         holder.name AS receiver, holder.city
    FROM pix_charge c
    JOIN LATERAL (SELECT cl.name, cl.city FROM account a
                    JOIN account_holder h ON h.account_id = a.id
                    JOIN client cl ON cl.id = h.client_id
                   WHERE a.number = c.account ORDER BY h.position LIMIT 1) AS holder ON true`;

export async function selectCharge(db: Tx | Pool, txid: string): Promise<StoredCharge | undefined> {
  const { rows } = await db.query<StoredCharge>(`${CHARGES} WHERE c.txid = $1`, [txid]);
  return rows[0];
}

export async function selectByToken(pool: Pool, token: string): Promise<StoredCharge | undefined> {
  const { rows } = await pool.query<StoredCharge>(`${CHARGES} WHERE c.token = $1`, [token]);
  return rows[0];
}

/** Locks the row against payments and other changes; call `selectCharge` after it. */
export async function lockCharge(tx: Tx, txid: string): Promise<void> {
  await tx.query("SELECT FROM pix_charge WHERE txid = $1 FOR UPDATE", [txid]);
}

export async function selectRevision(
  pool: Pool,
  txid: string,
  revision: number,
): Promise<ChargeTermsWire | undefined> {
  const { rows } = await pool.query<{ terms: ChargeTermsWire }>(
    "SELECT terms FROM pix_charge_revision WHERE txid = $1 AND revision = $2",
    [txid, revision],
  );
  return rows[0]?.terms;
}

export interface ChargeFilter {
  readonly kind?: string | undefined;
  readonly status?: string | undefined;
  readonly account?: string | undefined;
  readonly debtorTaxId?: string | undefined;
  readonly createdFrom?: string | undefined;
  readonly createdUntil?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Rows to pass over, for lists by page number. */
  readonly offset?: number | undefined;
}

const WHERE = `
  WHERE ($1::text IS NULL OR c.kind = $1) AND ($2::text IS NULL OR c.status = $2)
    AND ($3::text IS NULL OR c.account = $3)
    AND ($4::text IS NULL OR c.terms -> 'debtor' ->> 'taxId' = $4)
    AND ($5::timestamptz IS NULL OR c.created_at >= $5)
    AND ($6::timestamptz IS NULL OR c.created_at <= $6)`;

function valuesOf(filter: ChargeFilter): unknown[] {
  const { kind, status, account, debtorTaxId, createdFrom, createdUntil } = filter;
  return [kind, status, account, debtorTaxId, createdFrom, createdUntil].map((it) => it ?? null);
}

/** Newest first. */
export async function selectCharges(pool: Pool, filter: ChargeFilter): Promise<StoredCharge[]> {
  const { rows } = await pool.query<StoredCharge>(
    `${CHARGES} ${WHERE} AND ($7::bigint IS NULL OR c.location_id < $7)
      ORDER BY c.location_id DESC LIMIT $8 OFFSET $9`,
    [...valuesOf(filter), filter.cursor ?? null, filter.limit, filter.offset ?? 0],
  );
  return rows;
}

export async function countCharges(pool: Pool, filter: ChargeFilter): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pix_charge c ${WHERE}`,
    valuesOf(filter),
  );
  return rows[0]?.count ?? 0;
}
