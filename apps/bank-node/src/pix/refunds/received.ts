import type { PixPaymentView, ReceivedPix } from "@pacto/contract";
import type { Bank, StaffContext } from "../../context.ts";
import type { Pool } from "../../database/pools.ts";
import { RefusalError } from "../../trpc.ts";
import { viewRefund } from "./read-refunds.ts";
import { selectRefunds } from "./sql.ts";

interface ReceivedFilter {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly txid?: string | undefined;
  readonly hasTxid?: boolean | undefined;
  readonly hasRefund?: boolean | undefined;
  readonly limit: number;
  readonly offset: number;
}

interface ReceivedRow {
  readonly endToEndId: string;
  readonly account: string;
  readonly amount: bigint;
  readonly transactionId: string;
  readonly details: Pick<PixPaymentView, "payee" | "key" | "txid" | "description">;
  readonly settledAt: Date;
}

const RECEIVED = `
  SELECT p.end_to_end_id AS "endToEndId", p.account, p.amount,
         p.transaction_id AS "transactionId", p.details, p.settled_at AS "settledAt"
    FROM pix_payment p`;

const WHERE = `
  WHERE p.direction = 'received'
    AND ($1::timestamptz IS NULL OR p.settled_at >= $1)
    AND ($2::timestamptz IS NULL OR p.settled_at <= $2)
    AND ($3::text IS NULL OR p.details ->> 'txid' = $3)
    AND ($4::bool IS NULL OR (p.details ->> 'txid' IS NOT NULL) = $4)
    AND ($5::bool IS NULL OR $5 = EXISTS (SELECT FROM pix_refund r
                                           WHERE r.end_to_end_id = p.end_to_end_id))`;

/** PIX that this bank's accounts received, newest first, with their refunds. */
export async function listReceived({ bank }: StaffContext, filter: ReceivedFilter) {
  const { from, until, txid, hasTxid, hasRefund } = filter;
  const values = [from, until, txid, hasTxid, hasRefund].map((it) => it ?? null);
  const { pools } = bank;
  const [{ rows }, counted] = await Promise.all([
    pools.api.query<ReceivedRow>(
      `${RECEIVED} ${WHERE} ORDER BY p.settled_at DESC, p.end_to_end_id LIMIT $6 OFFSET $7`,
      [...values, filter.limit, filter.offset],
    ),
    pools.api.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM pix_payment p ${WHERE}`,
      values,
    ),
  ]);
  const payments = await Promise.all(rows.map((row) => withRefunds(pools.api, row)));
  return { payments, total: counted.rows[0]?.total ?? 0 };
}

/** One of them. @throws RefusalError `pix-payment-unknown` */
export async function getReceived({ pools }: Bank, endToEndId: string): Promise<ReceivedPix> {
  const { rows } = await pools.api.query<ReceivedRow>(
    `${RECEIVED} WHERE p.direction = 'received' AND p.end_to_end_id = $1`,
    [endToEndId],
  );
  const [row] = rows;
  if (row === undefined) {
    throw new RefusalError({ code: "pix-payment-unknown", details: { endToEndId } });
  }
  return withRefunds(pools.api, row);
}

async function withRefunds(
  pool: Pool,
  { amount, details, settledAt, ...row }: ReceivedRow,
): Promise<ReceivedPix> {
  return {
    ...row,
    ...details,
    amountCentavos: Number(amount),
    settledAt: settledAt.toISOString(),
    refunds: (await selectRefunds(pool, row.endToEndId)).map(viewRefund),
  };
}
