"use client";
import { useQueries } from "@tanstack/react-query";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import type { BankFigures } from "./add-up.ts";

const SUMMARY_EVERY_MS = 1_000;

/** Every bank's books in a line, read again and again; what an offline bank last said stays. */
export function useBankFigures(): readonly BankFigures[] {
  const members = useMembers();
  const reachable = useReachable();
  const queries = useBankQueries();
  return useQueries({
    queries: members.map(({ id }) =>
      queries(id).status.summary.queryOptions(undefined, {
        enabled: reachable.has(id),
        ...following(SUMMARY_EVERY_MS, { showsAge: true }),
        gcTime: Number.POSITIVE_INFINITY,
      }),
    ),
    combine: (results) =>
      results.map((result, at) => {
        const bank = members[at]?.id ?? "";
        return {
          bank,
          isReachable: reachable.has(bank),
          summary: result.data ?? null,
          readAt: result.data === undefined ? null : result.dataUpdatedAt,
        };
      }),
  });
}
