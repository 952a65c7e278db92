"use client";
import type { Timeline } from "@pacto/contract";
import { useQueries } from "@tanstack/react-query";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";

const LIVE_MS = 1_000;

/**
 * What every bank of a transaction saw of it: those that the transfer names, and the witnesses,
 * who are known by the messages. What an offline bank told before it went stays.
 */
export function useTimelines(
  id: string,
  involved: readonly string[],
  isOpen: boolean,
): readonly Timeline[] {
  const own = useTimelinesOf(id, involved, isOpen);
  const peers = own.flatMap(({ events }) => events.map(({ peer }) => peer));
  const others = [...new Set(peers)].filter((bank) => !involved.includes(bank)).toSorted();
  return [...own, ...useTimelinesOf(id, others, isOpen)];
}

function useTimelinesOf(id: string, banks: readonly string[], isOpen: boolean): Timeline[] {
  const reachable = useReachable();
  const queries = useBankQueries();
  return useQueries({
    queries: banks.map((bank) =>
      queries(bank).transfers.timeline.queryOptions(
        { id },
        {
          enabled: reachable.has(bank),
          // Once more after the end: the last acknowledgement may have come after the last look.
          refetchInterval: ({ state }) => (isOpen || state.dataUpdateCount < 2 ? LIVE_MS : false),
        },
      ),
    ),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
}
