"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import type { PickedClient } from "./client-picker.tsx";

/** Looks up the client that the page's address names, once, and hands it to the form. */
export function useAskedClient(
  bank: string,
  id: string,
  onFound: (client: PickedClient) => void,
): void {
  const queries = useBankQueries();
  const reachable = useReachable();
  const { data } = useQuery(
    queries(bank).clients.get.queryOptions({ id }, { enabled: id !== "" && reachable.has(bank) }),
  );
  const handed = useRef(false);
  useEffect(() => {
    const client = data?.client;
    if (client === undefined || handed.current || id === "") return;
    handed.current = true;
    onFound({ id: client.id, name: client.name, kind: client.kind });
  }, [data, id, onFound]);
}
