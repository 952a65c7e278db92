"use client";
import type { TransferView } from "@pacto/contract";
import { type BankPages, useBankPages } from "../../banks/bank-pages.ts";

const REFRESH_MS = 1_000;

/** The transfers of the consortium, as their coordinators tell them, newest first. */
export function useTransfers(
  banks: readonly string[],
  openOnly: boolean,
  limit: number,
): BankPages<TransferView> {
  return useBankPages<TransferView>({
    banks,
    key: ["transfers", openOnly, limit],
    instantOf: (transfer) => transfer.createdAt,
    followMs: REFRESH_MS,
    read: async (client, cursor, signal) => {
      const page = await client.transfers.list.query({ openOnly, limit, cursor }, { signal });
      return { items: page.transfers, nextCursor: page.nextCursor };
    },
  });
}
