import type { Refusal, SettlementView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { refusalFrom } from "../transfers/view-transfer.ts";
import { begunAt, clearingOf } from "./shares.ts";

/** The purpose of a global transaction that posts positions back to zero. */
export const SETTLEMENT = "settlement";

interface Row {
  readonly id: string;
  readonly coordinator: string;
  readonly state: SettlementView["state"];
  readonly createdBy: string;
  readonly branches: Parameters<typeof clearingOf>[0][];
  /** Why it was not done, where this bank coordinated it. */
  readonly reason: { readonly code: string } | null;
  readonly votes: readonly { readonly bank: string; readonly vote: string }[] | null;
}

const STATE = (column: string) => `CASE WHEN ${column} IN ('committed', 'heuristic-commit')
  THEN 'committed' WHEN ${column} IN ('aborted', 'heuristic-abort') THEN 'aborted' ELSE 'open' END`;

const SELECT = `SELECT * FROM (
  SELECT id, $1::text AS coordinator, ${STATE("state")} AS state, created_by AS "createdBy",
         record #> '{descriptor,branches}' AS branches,
         record -> 'refusal' AS reason, record #> '{certificate,votes}' AS votes
    FROM global_transaction WHERE purpose = '${SETTLEMENT}'
  UNION ALL
  SELECT transaction_id, coordinator, ${STATE("state")}, coordinator,
         record #> '{descriptor,branches}', NULL, NULL
    FROM branch WHERE record #>> '{descriptor,purpose}' = '${SETTLEMENT}') AS run`;

interface Settlement {
  readonly view: SettlementView;
  /** Why the banks did not do it. */
  readonly refusal: Refusal | null;
}

/** A settlement run that this bank took part in. Throws RefusalError `settlement-not-found`. */
export async function readSettlement(ctx: StaffContext, id: string): Promise<Settlement> {
  const { rows } = await ctx.bank.pools.api.query<Row>(`${SELECT} WHERE id = $2`, [
    ctx.bank.id,
    id,
  ]);
  const [row] = rows;
  if (row === undefined) {
    const details = { bank: ctx.bank.id, id };
    throw new RefusalError({ code: "settlement-not-found", details });
  }
  const refuser = row.votes?.find(({ vote }) => vote === "no")?.bank ?? row.coordinator;
  const refusal = row.reason === null ? null : refusalFrom(row.reason, refuser);
  return { view: view(row), refusal };
}

interface ListSettlements {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Settlement runs that this bank took part in, newest first. */
export async function listSettlements(ctx: StaffContext, { limit, cursor }: ListSettlements) {
  const { rows } = await ctx.bank.pools.api.query<Row>(
    `${SELECT} WHERE ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [ctx.bank.id, cursor ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    settlements: page.map(view),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function view({ id, coordinator, state, createdBy, branches }: Row): SettlementView {
  // A branch takes a position to zero: what it brings to clearing is the position's opposite.
  const positions = branches.map((branch) => {
    const { bank, clearingCentavos } = clearingOf(branch);
    return { bank, positionCentavos: -clearingCentavos };
  });
  const settled = positions.reduce((sum, one) => sum + Math.max(0, one.positionCentavos), 0);
  return {
    id,
    coordinator,
    state,
    at: begunAt(id),
    createdBy,
    positions,
    settledCentavos: settled,
  };
}
