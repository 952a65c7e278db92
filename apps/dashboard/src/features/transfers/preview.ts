"use client";
import type { PreviewLine, PreviewTransferInput, Refusal } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { refusalOf } from "../../banks/refusal.ts";
import { useDebounced } from "../../components/debounced.ts";

const REFRESH_MS = 3_000;

export interface Preview {
  /** Null while there is nothing to ask yet, or the answer is on its way. */
  readonly isFeasible: boolean | null;
  readonly lineOf: (
    bank: string,
    account: string,
    direction: "debit" | "credit",
  ) => PreviewLine | null;
  /** The whole request was refused. */
  readonly refusal: Refusal | null;
}

/** What every bank would vote now, asked again as one types; nothing is held by it. */
export function useTransferPreview(
  coordinator: string | null,
  request: PreviewTransferInput | null,
): Preview {
  const queries = useBankQueries();
  const reachable = useReachable();
  const text = useDebounced(JSON.stringify(request), 250);
  const asked = JSON.parse(text) as PreviewTransferInput | null;
  const { data, error, isPlaceholderData } = useQuery(
    queries(coordinator ?? "").transfers.preview.queryOptions(asked ?? { from: [], to: [] }, {
      enabled: asked !== null && coordinator !== null && reachable.has(coordinator),
      refetchInterval: REFRESH_MS,
      placeholderData: keepPreviousData,
    }),
  );
  const isCurrent = request !== null && asked !== null && data !== undefined && !isPlaceholderData;
  return {
    isFeasible: isCurrent ? data.feasible : null,
    lineOf: (bank, account, direction) => {
      if (request === null) return null;
      const isIt = (line: PreviewLine) =>
        line.bank === bank && line.account === account && line.direction === direction;
      return data?.lines.find(isIt) ?? null;
    },
    refusal: request === null ? null : refusalOf(error),
  };
}
