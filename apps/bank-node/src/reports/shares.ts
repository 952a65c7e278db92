import { saoPauloInstant, type LocalDate } from "@pacto/banking";
import type { KnownShare } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";

/** One transaction as this bank's books have it. */
interface ShareRow {
  readonly id: string;
  readonly state: KnownShare["state"];
  readonly hash: string | null;
  readonly posted: bigint;
  readonly branches: readonly DescriptorBranch[] | null;
}

interface DescriptorBranch {
  readonly bank: string;
  readonly work: {
    readonly legs: readonly {
      readonly direction: "debit" | "credit";
      readonly amountCentavos: number;
    }[];
  };
}

interface Page {
  readonly on: LocalDate;
  readonly after?: string | undefined;
  /** Only those in which this bank takes part. */
  readonly with?: string | undefined;
  readonly limit: number;
}

/**
 * A transaction's day is that of its id, which both banks have from its coordinator: so no
 * transaction falls on one day here and on another there.
 */
function lowestIdOf(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** When a transaction began, as its id says. */
export function begunAt(id: string): string {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toISOString();
}

/** Transactions between banks that began on a day, by their ids, with what was posted here. */
export async function selectShares(pool: Pool, page: Page): Promise<KnownShare[]> {
  const { rows } = await pool.query<ShareRow>(
    `WITH known AS (
       SELECT id, state, record FROM global_transaction WHERE id >= $1 AND id < $2
       UNION ALL
       SELECT transaction_id, state, record FROM branch
        WHERE transaction_id >= $1 AND transaction_id < $2)
     SELECT id, record ->> 'hash' AS hash, record #> '{descriptor,branches}' AS branches,
            CASE WHEN state IN ('committed', 'heuristic-commit') THEN 'committed'
                 WHEN state IN ('aborted', 'heuristic-abort') THEN 'aborted' ELSE 'open' END AS state,
            coalesce((SELECT sum(e.amount)
                        FROM posting p JOIN entry e ON e.posting_id = p.id
                        JOIN account a ON a.id = e.account_id AND a.kind = 'clearing'
                       WHERE p.transaction_id = known.id), 0)::bigint AS posted
       FROM known
      WHERE ($3::uuid IS NULL OR id > $3)
        AND ($4::text IS NULL OR record #> '{descriptor,branches}'
             @> jsonb_build_array(jsonb_build_object('bank', $4::text)))
      ORDER BY id LIMIT $5`,
    [
      lowestIdOf(saoPauloInstant(page.on)),
      lowestIdOf(saoPauloInstant(page.on, 24)),
      ...[page.after ?? null, page.with ?? null, page.limit],
    ],
  );
  return rows.map(({ id, state, hash, posted, branches }) => ({
    id,
    state,
    hash: hash ?? "",
    postedCentavos: Number(posted),
    branches: (branches ?? []).map(clearingOf),
  }));
}

/** What a branch brings to its bank's clearing account: customers' debits less credits. */
export function clearingOf({ bank, work }: DescriptorBranch) {
  let clearing = 0n;
  for (const { direction, amountCentavos } of work.legs) {
    clearing += direction === "debit" ? BigInt(amountCentavos) : -BigInt(amountCentavos);
  }
  return { bank, clearingCentavos: Number(clearing) };
}

interface PositionRow {
  readonly position: bigint;
  readonly open: number;
}

/** What this bank owes all the others together, and how many transactions are open here. */
export async function selectPosition(pool: Pool) {
  const { rows } = await pool.query<PositionRow>(
    `SELECT (SELECT ledger FROM account WHERE kind = 'clearing') AS position,
            ((SELECT count(*) FROM global_transaction WHERE wake_at IS NOT NULL AND NOT settled)
             + (SELECT count(*) FROM branch WHERE wake_at IS NOT NULL AND state = 'prepared'))::int
              AS open`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the bank has no clearing account");
  return { positionCentavos: Number(row.position), open: row.open };
}
