import type { PixReturnHoldView, PixReturnNode, PixReturnView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import { type HoldRow, SELECT_HOLD, viewHold } from "./returns.ts";

interface ReturnRow {
  readonly id: string;
  readonly account: string;
  readonly endToEndId: string;
  readonly amount: bigint;
  readonly reason: PixReturnView["reason"];
  readonly description: string;
  readonly createdAt: Date;
  readonly nodes: readonly PixReturnNode[] | null;
}

const SELECT = `SELECT r.id, r.account, r.end_to_end_id AS "endToEndId", r.amount, r.reason,
    r.description, r.created_at AS "createdAt",
    (SELECT jsonb_agg(n.node ORDER BY n.node -> 'depth', n.id) FROM pix_return_node n
      WHERE n.case_id = r.id) AS nodes
  FROM pix_return r`;

/** Throws RefusalError `pix-return-not-found`. */
export async function readReturn(ctx: StaffContext, id: string): Promise<PixReturnView> {
  const { rows } = await ctx.bank.pools.api.query<ReturnRow>(`${SELECT} WHERE r.id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) {
    throw new RefusalError({ code: "pix-return-not-found", details: { bank: ctx.bank.id } });
  }
  return viewReturn(row);
}

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** PIX that this bank's clients reported, newest first, with where the money went. */
export async function listReturns(ctx: StaffContext, { limit, cursor }: Page) {
  const { rows } = await ctx.bank.pools.api.query<ReturnRow>(
    `${SELECT} WHERE ($1::uuid IS NULL OR r.id < $1) ORDER BY r.id DESC LIMIT $2`,
    [cursor ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    returns: page.map(viewReturn),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function viewReturn({ amount, createdAt, nodes: told, ...row }: ReturnRow): PixReturnView {
  const nodes = [...(told ?? [])];
  const sum = (of: readonly PixReturnNode[]) =>
    of.reduce((total, { heldCentavos }) => total + heldCentavos, 0);
  return {
    ...row,
    amountCentavos: Number(amount),
    heldCentavos: sum(nodes.filter(({ state }) => state === "held" || state === "accepted")),
    returnedCentavos: sum(nodes.filter(({ state }) => state === "returned")),
    createdAt: createdAt.toISOString(),
    nodes,
  };
}

/** What this bank blocks, for its own cases and other banks', newest first. */
export async function listHolds(
  ctx: StaffContext,
  { openOnly, limit, cursor }: Page & { readonly openOnly: boolean },
) {
  const { rows } = await ctx.bank.pools.api.query<HoldRow>(
    `${SELECT_HOLD} WHERE (NOT $1::bool OR state = 'held') AND ($2::uuid IS NULL OR id < $2)
      ORDER BY id DESC LIMIT $3`,
    [openOnly, cursor ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    holds: page.map(viewHold),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

export async function readHold(ctx: StaffContext, id: string): Promise<PixReturnHoldView> {
  const { rows } = await ctx.bank.pools.api.query<HoldRow>(`${SELECT_HOLD} WHERE id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) {
    throw new RefusalError({ code: "pix-return-not-found", details: { bank: ctx.bank.id } });
  }
  return viewHold(row);
}
