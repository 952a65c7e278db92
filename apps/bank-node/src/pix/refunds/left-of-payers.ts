import type { Pool } from "../../database/pools.ts";
import { selectRefunds, type ReceivedRow } from "./sql.ts";

export interface PayerLeft {
  readonly who: { readonly bank: string; readonly account: string };
  /** Centavos of what they paid that did not go back and are not on their way. */
  readonly left: bigint;
}

/** Everybody who paid a received PIX, with what of it is not given back yet. */
export async function leftOfPayers(
  pool: Pool,
  endToEndId: string,
  branches: NonNullable<ReceivedRow["branches"]>,
): Promise<PayerLeft[]> {
  const paid = new Map<string, { readonly who: PayerLeft["who"]; left: bigint }>();
  for (const { bank, work } of branches) {
    for (const { account, direction, amountCentavos } of work.legs) {
      if (direction !== "debit") continue;
      const before = paid.get(`${bank}/${account}`)?.left ?? 0n;
      const left = before + BigInt(amountCentavos);
      paid.set(`${bank}/${account}`, { who: { bank, account }, left });
    }
  }
  for (const { status, shares } of await selectRefunds(pool, endToEndId)) {
    if (status === "NAO_REALIZADO") continue;
    for (const share of shares) {
      const payer = paid.get(`${share.bank}/${share.account}`);
      if (payer !== undefined) payer.left -= BigInt(share.amountCentavos);
    }
  }
  return [...paid.values()];
}
