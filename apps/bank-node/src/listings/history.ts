import type { ExportHistoryInput, HistoryLine } from "@pacto/contract";
import type { StaffContext } from "../context.ts";

interface HistoryRow {
  readonly accountId: bigint;
  readonly at: Date;
  readonly number: string;
  readonly holder: string;
  readonly kind: string;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
  readonly description: string;
  readonly postingId: string;
  readonly transactionId: string | null;
  readonly actor: string;
}

export interface HistoryPage {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const HISTORY = `FROM posting p
  JOIN entry e ON e.posting_id = p.id
  JOIN account a ON a.id = e.account_id
  JOIN LATERAL (SELECT string_agg(c.name, ', ' ORDER BY h.position) AS names
                  FROM account_holder h JOIN client c ON c.id = h.client_id
                 WHERE h.account_id = a.id) holders ON holders.names IS NOT NULL
 WHERE ($1::text IS NULL OR a.number = $1)
   AND ($2::text IS NULL OR p.kind = $2)
   AND ($3::timestamptz IS NULL OR p.at >= $3)
   AND ($4::timestamptz IS NULL OR p.at <= $4)
   AND ($5::bigint IS NULL OR abs(e.amount) >= $5)
   AND ($6::bigint IS NULL OR abs(e.amount) <= $6)
   AND ($7::text IS NULL OR strpos(lower(p.description), lower($7)) > 0
        OR strpos(lower(holders.names), lower($7)) > 0)`;

function valuesOf(filter: ExportHistoryInput): unknown[] {
  return [
    ...[filter.number ?? null, filter.kind ?? null, filter.from ?? null, filter.to ?? null],
    ...[filter.minimumCentavos ?? null, filter.maximumCentavos ?? null, filter.text ?? null],
  ];
}

/** How many entries {@link listHistory} would list. */
export async function countHistory(ctx: StaffContext, filter: ExportHistoryInput): Promise<number> {
  const { rows } = await ctx.bank.pools.api.query<{ count: number }>(
    `SELECT count(*)::int AS count ${HISTORY}`,
    valuesOf(filter),
  );
  return rows[0]?.count ?? 0;
}

/** Entries of all customers' accounts, newest posting first. */
export async function listHistory(
  ctx: StaffContext,
  filter: ExportHistoryInput,
  { limit, cursor }: HistoryPage,
): Promise<{ entries: HistoryLine[]; nextCursor: string | null }> {
  const [posting, account] = cursor?.split(":") ?? [null, null];
  const { rows } = await ctx.bank.pools.api.query<HistoryRow>(
    `SELECT a.id AS "accountId", p.at, a.number, holders.names AS holder, p.kind, e.amount,
            e.balance_after AS "balanceAfter", p.description, p.id AS "postingId",
            p.transaction_id AS "transactionId", p.actor
       ${HISTORY}
        AND ($8::uuid IS NULL OR (p.id, a.id) < ($8, $9::bigint))
      ORDER BY p.id DESC, a.id DESC LIMIT $10`,
    [...valuesOf(filter), posting, account, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return {
    entries: page.map(viewLine),
    nextCursor: isMore ? `${last.postingId}:${last.accountId}` : null,
  };
}

function viewLine(row: HistoryRow): HistoryLine {
  const { accountId: _, at, amount, balanceAfter, ...line } = row;
  return {
    ...line,
    at: at.toISOString(),
    amountCentavos: Number(amount),
    balanceAfterCentavos: Number(balanceAfter),
  };
}
