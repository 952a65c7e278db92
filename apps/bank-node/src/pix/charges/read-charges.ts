import type { ChargeView } from "@pacto/contract";
import type { StaffContext } from "../../context.ts";
import { RefusalError } from "../../trpc.ts";
import {
  countCharges,
  selectCharge,
  selectCharges,
  selectRevision,
  type ChargeFilter,
} from "./sql.ts";
import { viewCharge } from "./view-charge.ts";

interface GetCharge {
  readonly txid: string;
  readonly kind?: "immediate" | "due" | undefined;
  readonly revision?: number | undefined;
}

/** One charge, with the terms of an earlier revision when asked. @throws `pix-charge-unknown` */
export async function getCharge(ctx: StaffContext, input: GetCharge): Promise<ChargeView> {
  const { txid, kind, revision } = input;
  const { bank } = ctx;
  const charge = await selectCharge(bank.pools.api, txid);
  const unknown = { code: "pix-charge-unknown", details: { bank: bank.id, txid } } as const;
  const isOther = kind !== undefined && charge?.kind !== kind;
  if (charge === undefined || isOther) throw new RefusalError(unknown);
  if (revision === undefined || revision === charge.revision) return viewCharge(bank, charge);
  const terms = await selectRevision(bank.pools.api, txid, revision);
  if (terms === undefined) throw new RefusalError(unknown);
  return viewCharge(bank, charge, terms, revision);
}

/** Charges of this bank, newest first, and how many there are in all. */
export async function listCharges({ bank }: StaffContext, filter: ChargeFilter) {
  const [rows, total] = await Promise.all([
    selectCharges(bank.pools.api, { ...filter, limit: filter.limit + 1 }),
    countCharges(bank.pools.api, filter),
  ]);
  const page = rows.slice(0, filter.limit);
  return {
    bank: bank.id,
    charges: page.map((charge) => viewCharge(bank, charge)),
    total,
    nextCursor: rows.length > filter.limit ? (page.at(-1)?.locationId ?? null) : null,
  };
}
