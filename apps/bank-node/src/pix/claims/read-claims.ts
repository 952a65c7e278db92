import type { PixClaimView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import { type ClaimOf, type ClaimRow, SELECT_CLAIM, selectClaim, viewClaim } from "./claims.ts";

/** Throws RefusalError `pix-claim-not-found`. */
export async function readClaim(ctx: StaffContext, of: ClaimOf): Promise<PixClaimView> {
  const row = await selectClaim(ctx.bank.pools.api, of);
  if (row === undefined) {
    throw new RefusalError({ code: "pix-claim-not-found", details: { bank: ctx.bank.id } });
  }
  return viewClaim(row);
}

interface ListClaims {
  readonly side?: "claimer" | "donor" | undefined;
  readonly openOnly: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Claims of this bank on others' keys and of others on its own, newest first. */
export async function listClaims(ctx: StaffContext, input: ListClaims) {
  const { rows } = await ctx.bank.pools.api.query<ClaimRow>(
    `${SELECT_CLAIM}
      WHERE ($1::text IS NULL OR side = $1)
        AND (NOT $2::bool OR state NOT IN ('cancelled', 'completed'))
        AND ($3::uuid IS NULL OR id < $3)
      ORDER BY id DESC, side LIMIT $4`,
    [input.side ?? null, input.openOnly, input.cursor ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  return {
    claims: page.map(viewClaim),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}
