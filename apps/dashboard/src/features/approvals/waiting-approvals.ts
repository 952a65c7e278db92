"use client";
import { useQueries } from "@tanstack/react-query";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";

const REFETCH_MS = 5_000;

/** How many requests wait for the reader's decision, over all banks that answer. */
export function useWaitingApprovals(): number {
  const members = useMembers();
  const reachable = useReachable();
  const queries = useBankQueries();
  const counts = useQueries({
    queries: members.map(({ id }) =>
      queries(id).approvals.list.queryOptions(
        { openOnly: true, limit: 1 },
        { enabled: reachable.has(id), ...following(REFETCH_MS) },
      ),
    ),
  });
  return counts.reduce((sum, { data }) => sum + (data?.forReader ?? 0), 0);
}
