"use client";
import type { BranchView, TransferView } from "@pacto/contract";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { refusalOf } from "../../banks/refusal.ts";
import { useLiveTransfer } from "./live-transfer.ts";

/** Without a stream; with one, only in case that it lost something. */
const LIVE_MS = 400;
const STREAMED_MS = 5_000;
const BRANCHES_MS = 1_000;

export interface TransferWatch {
  readonly view: TransferView | null;
  /** When the coordinator last answered, in epoch milliseconds. */
  readonly readAt: number | null;
  readonly error: unknown;
  readonly isReading: boolean;
  readonly branches: readonly BranchView[];
  /** The bank in the address does not coordinate this transfer; this one does, as a branch says. */
  readonly coordinatedBy: string | null;
}

/** Follows one transfer while it is open: its coordinator's view, and each bank's own branch. */
export function useTransferWatch(bank: string, id: string): TransferWatch {
  const members = useMembers();
  const reachable = useReachable();
  const queries = useBankQueries();
  const isLive = useLiveTransfer(bank, id);
  const asked = useQuery(
    queries(bank).transfers.get.queryOptions(
      { id },
      {
        enabled: reachable.has(bank),
        refetchInterval: ({ state }) => {
          if (state.data?.transfer.settled) return false;
          if (state.error !== null) return BRANCHES_MS;
          return isLive ? STREAMED_MS : LIVE_MS;
        },
        placeholderData: keepPreviousData,
      },
    ),
  );
  const view = asked.data?.transfer ?? null;
  const isSettled = view?.settled ?? false;
  const involved = view === null ? members.map((it) => it.id) : view.branches.map((it) => it.bank);
  const branches = useQueries({
    queries: involved.map((participant) =>
      queries(participant).transfers.branch.queryOptions(
        { id },
        {
          enabled: reachable.has(participant) && !isSettled,
          refetchInterval: isSettled ? false : BRANCHES_MS,
        },
      ),
    ),
    combine: (results) => results.flatMap((result) => result.data?.branch ?? []),
  });
  const isElsewhere = refusalOf(asked.error)?.code === "transfer-not-found";
  const coordinator = branches.find((branch) => branch.coordinator !== bank)?.coordinator ?? null;
  return {
    view,
    readAt: view === null ? null : asked.dataUpdatedAt,
    error: asked.error,
    isReading: asked.isLoading,
    branches,
    coordinatedBy: isElsewhere ? coordinator : null,
  };
}
