import type { PixPaymentView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";

interface ListPayments {
  readonly account?: string | undefined;
  readonly endToEndId?: string | undefined;
  readonly limit: number;
  readonly before?: string | undefined;
}

interface PaymentRow {
  readonly endToEndId: string;
  readonly direction: "sent" | "received";
  readonly account: string;
  readonly amount: bigint;
  readonly transactionId: string;
  readonly details: Pick<PixPaymentView, "payee" | "key" | "txid" | "description">;
  readonly settledAt: Date;
}

/** PIX payments that were settled in this bank's accounts, newest first. */
export async function listPayments(
  ctx: StaffContext,
  { account, endToEndId, limit, before }: ListPayments,
): Promise<PixPaymentView[]> {
  const { rows } = await ctx.bank.pools.api.query<PaymentRow>(
    `SELECT end_to_end_id AS "endToEndId", direction, account, amount,
            transaction_id AS "transactionId", details, settled_at AS "settledAt"
       FROM pix_payment
      WHERE ($1::text IS NULL OR account = $1) AND ($2::text IS NULL OR end_to_end_id = $2)
        AND ($3::timestamptz IS NULL OR settled_at < $3)
      ORDER BY settled_at DESC, end_to_end_id LIMIT $4`,
    [account ?? null, endToEndId ?? null, before ?? null, limit],
  );
  return rows.map(({ amount, details, settledAt, ...row }) => ({
    ...row,
    ...details,
    amountCentavos: Number(amount),
    settledAt: settledAt.toISOString(),
  }));
}
