"use client";
import type { TransferMoment } from "@pacto/contract";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { type BankQueries, useBankQueries } from "../../banks/client.tsx";
import { usePageVisible } from "../../banks/page-visible.ts";

/** Several events of one instant lead to one reading at the other banks. */
const GATHER_MS = 120;

/**
 * Follows a transfer by a stream from its coordinator, which sees every step: each event replaces
 * what this page knows of the coordinator and has it look at the other banks at once. One stream a
 * page, because a browser keeps six connections to an origin. False while there is none, for want
 * of a bank, a connection or a visible page: then the page asks again and again as it always can.
 */
export function useLiveTransfer(bank: string, id: string): boolean {
  const queryClient = useQueryClient();
  const queries = useBankQueries();
  // What the page has read, without reading it here.
  const known = useQuery(queries(bank).transfers.get.queryOptions({ id }, { enabled: false }));
  const members = useMembers();
  const isVisible = usePageVisible();
  const isReachable = useReachable().has(bank);
  const [isLive, setLive] = useState(false);
  const isOpen = known.data !== undefined && !known.data.transfer.settled;
  const isWanted = isOpen && isVisible && isReachable;
  useEffect(() => {
    if (!isWanted) return;
    const others = members.map((member) => member.id).filter((it) => it !== bank);
    const lookAround = gathered(GATHER_MS, () => {
      for (const other of others) askAgain(queryClient, queries(other), id);
    });
    const stop = follow(bank, id, {
      onLive: setLive,
      onMoment: (moment) => {
        keep(queryClient, queries(bank), id, moment);
        lookAround.soon();
      },
    });
    return () => {
      stop();
      lookAround.cancel();
      setLive(false);
    };
  }, [isWanted, bank, id, members, queries, queryClient]);
  return isLive;
}

interface Follower {
  readonly onLive: (isLive: boolean) => void;
  readonly onMoment: (moment: TransferMoment) => void;
}

/** Opens the stream, whose code comes with it; what breaks off begins again by itself. */
function follow(bank: string, id: string, { onLive, onMoment }: Follower): () => void {
  let stop: (() => void) | null = null;
  let isStopped = false;
  void import("../../banks/bank-streams.ts").then(({ bankStreams }) => {
    if (isStopped) return;
    const stream = bankStreams(bank).transfers.watch.subscribe(
      { id },
      {
        onData: onMoment,
        onConnectionStateChange: ({ state }) => onLive(state === "pending"),
        onComplete: () => onLive(false),
        onError: () => onLive(false),
      },
    );
    stop = () => stream.unsubscribe();
  });
  return () => {
    isStopped = true;
    stop?.();
  };
}

function keep(
  client: QueryClient,
  { transfers }: BankQueries,
  id: string,
  { transfer, branch, timeline }: TransferMoment,
): void {
  if (transfer !== null) client.setQueryData(transfers.get.queryKey({ id }), { transfer });
  client.setQueryData(transfers.branch.queryKey({ id }), { branch });
  client.setQueryData(transfers.timeline.queryKey({ id }), timeline);
}

function askAgain(client: QueryClient, { transfers }: BankQueries, id: string): void {
  for (const queryKey of [transfers.branch.queryKey({ id }), transfers.timeline.queryKey({ id })]) {
    void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
  }
}

/** Calls once for all that is asked within so many milliseconds. */
function gathered(ms: number, call: () => void): { soon: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    soon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        call();
      }, ms);
    },
    cancel: () => clearTimeout(timer),
  };
}
