import type { RefundReason, TransferSide, Work } from "@pacto/contract";
import type { CoordinatorRow } from "../../ledger/engine/rows.ts";
import type { Pool } from "../../database/pools.ts";

export interface StoredRefund {
  readonly endToEndId: string;
  readonly id: string;
  readonly returnId: string;
  readonly account: string;
  readonly amount: bigint;
  readonly status: "EM_PROCESSAMENTO" | "DEVOLVIDO" | "NAO_REALIZADO";
  readonly reason: RefundReason;
  readonly description: string;
  readonly shares: readonly TransferSide[];
  readonly transactionId: string;
  readonly requestedAt: Date;
  readonly settledAt: Date | null;
  readonly record: CoordinatorRow["record"] | null;
}

const REFUNDS = `
  SELECT r.end_to_end_id AS "endToEndId", r.id, r.return_id AS "returnId", r.account, r.amount,
         r.status, r.reason, r.description, r.shares, r.transaction_id AS "transactionId",
         r.requested_at AS "requestedAt", r.settled_at AS "settledAt", g.record
    FROM pix_refund r LEFT JOIN global_transaction g ON g.id = r.transaction_id`;

export async function selectRefund(
  pool: Pool,
  endToEndId: string,
  id: string,
): Promise<StoredRefund | undefined> {
  const { rows } = await pool.query<StoredRefund>(
    `${REFUNDS} WHERE r.end_to_end_id = $1 AND r.id = $2`,
    [endToEndId, id],
  );
  return rows[0];
}

/** Refunds of a received PIX, the first one first. */
export async function selectRefunds(pool: Pool, endToEndId: string): Promise<StoredRefund[]> {
  const { rows } = await pool.query<StoredRefund>(
    `${REFUNDS} WHERE r.end_to_end_id = $1 ORDER BY r.requested_at, r.id`,
    [endToEndId],
  );
  return rows;
}

export interface ReceivedRow {
  readonly account: string;
  readonly amount: bigint;
  readonly settledAt: Date;
  readonly refunded: bigint;
  readonly branches: readonly { readonly bank: string; readonly work: Work }[] | null;
}

/** A PIX that this bank received, with who paid it and how much of it went back. */
export async function selectReceived(
  pool: Pool,
  endToEndId: string,
): Promise<ReceivedRow | undefined> {
  const { rows } = await pool.query<ReceivedRow>(
    `SELECT p.account, p.amount, p.settled_at AS "settledAt", coalesce(b.refunded, 0) AS refunded,
            coalesce(g.record, br.record) -> 'descriptor' -> 'branches' AS branches
       FROM pix_payment p
       LEFT JOIN pix_refund_balance b ON b.end_to_end_id = p.end_to_end_id
       LEFT JOIN global_transaction g ON g.id = p.transaction_id
       LEFT JOIN branch br ON br.transaction_id = p.transaction_id
      WHERE p.end_to_end_id = $1 AND p.direction = 'received'`,
    [endToEndId],
  );
  return rows[0];
}
