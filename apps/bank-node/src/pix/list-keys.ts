import type { PixKeyOwner, PixKeyView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { selectKeys, type DirectoryRow } from "./sql.ts";

interface ListKeys {
  readonly account?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Keys that point to this bank's accounts, the last changed first. */
export async function listKeys(ctx: StaffContext, { account, limit, cursor }: ListKeys) {
  const rows = await selectKeys(ctx.bank.pools.api, {
    bank: ctx.bank.id,
    account: account ?? null,
    before: cursor ?? null,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    keys: page.flatMap((row) => (row.owner === null ? [] : [viewKey(row, row.owner)])),
    nextCursor: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}

export function viewKey(row: DirectoryRow, owner: PixKeyOwner): PixKeyView {
  return {
    key: row.key,
    type: row.type,
    account: owner.account,
    isChanging: row.pending !== null,
    changedAt: row.changedAt.toISOString(),
  };
}
