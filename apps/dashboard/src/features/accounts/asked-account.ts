"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import type { PickedAccount } from "./account-picker.tsx";
import { holderNames } from "./account-table.tsx";

/** Looks up the account that the page's address names, once, and hands it to the form. */
export function useAskedAccount(
  bank: string,
  number: string,
  onFound: (account: PickedAccount) => void,
): void {
  const queries = useBankQueries();
  const reachable = useReachable();
  const { data } = useQuery(
    queries(bank).accounts.get.queryOptions(
      { number },
      { enabled: number !== "" && reachable.has(bank) },
    ),
  );
  const handed = useRef(false);
  useEffect(() => {
    if (data === undefined || handed.current || number === "") return;
    handed.current = true;
    onFound({ number: data.account.number, holder: holderNames(data.account) });
  }, [data, number, onFound]);
}
