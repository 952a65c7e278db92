import { maskTaxId, type TaxId } from "@pacto/banking";
import type { ExportHoldersInput, HolderLine } from "@pacto/contract";
import type { StaffContext } from "../context.ts";

interface HolderRow {
  readonly id: bigint;
  readonly position: number;
  readonly clientId: string;
  readonly name: string;
  readonly taxId: string;
  readonly agency: string;
  readonly number: string;
  readonly kind: string;
  readonly status: HolderLine["status"];
  readonly ledger: bigint;
  readonly openedAt: Date;
}

export interface HoldersPage {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const HOLDERS = `FROM (
  SELECT a.id, h.position, c.id AS "clientId", c.name, c.tax_id AS "taxId", a.agency,
         a.number, a.kind, a.ledger, a.opened_at AS "openedAt",
         CASE WHEN a.status = 'closed' THEN 'closed'
              WHEN a.debits_blocked OR a.credits_blocked THEN 'blocked'
              ELSE 'active' END AS status
    FROM account a
    JOIN account_holder h ON h.account_id = a.id
    JOIN client c ON c.id = h.client_id) AS line
 WHERE ($1::text IS NULL OR starts_with(number, $1) OR strpos(lower(name), lower($1)) > 0)
   AND ($2::text IS NULL OR kind = $2)
   AND ($3::text IS NULL OR status = $3)`;

function valuesOf(filter: ExportHoldersInput): unknown[] {
  return [filter.search ?? null, filter.kind ?? null, filter.status ?? null];
}

/** How many lines {@link listHolders} would list. */
export async function countHolders(ctx: StaffContext, filter: ExportHoldersInput): Promise<number> {
  const { rows } = await ctx.bank.pools.api.query<{ count: number }>(
    `SELECT count(*)::int AS count ${HOLDERS}`,
    valuesOf(filter),
  );
  return rows[0]?.count ?? 0;
}

/** Every account with its holders, newest account first. */
export async function listHolders(
  ctx: StaffContext,
  filter: ExportHoldersInput,
  { limit, cursor }: HoldersPage,
): Promise<{ holders: HolderLine[]; nextCursor: string | null }> {
  const [account, position] = cursor?.split(":") ?? [null, null];
  const { rows } = await ctx.bank.pools.api.query<HolderRow>(
    `SELECT * ${HOLDERS}
        AND ($4::bigint IS NULL OR (id, -position) < ($4, -$5::int))
      ORDER BY id DESC, position LIMIT $6`,
    [...valuesOf(filter), account, position, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return {
    holders: page.map(viewLine),
    nextCursor: isMore ? `${last.id}:${last.position}` : null,
  };
}

function viewLine(row: HolderRow): HolderLine {
  const { id: _, position: __, taxId, ledger, openedAt, ...line } = row;
  return {
    ...line,
    taxIdMasked: maskTaxId(taxId as TaxId),
    ledgerCentavos: Number(ledger),
    openedAt: openedAt.toISOString(),
  };
}
