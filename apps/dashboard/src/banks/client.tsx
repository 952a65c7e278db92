"use client";
import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { type ReactNode, useMemo, useState } from "react";
import type { AppRouter } from "./router.ts";
import { sessionEnded } from "./session-ended.ts";

export type BankClient = TRPCClient<AppRouter>;

/** Query options of one bank's procedures; their keys begin with the bank's id. */
export type BankQueries = TRPCOptionsProxy<AppRouter, { keyPrefix: true }>;

/** Reads travel together, at most this many; the forwarder and the nodes take no more. */
const BATCH_MAX = 10;

const clients = new Map<string, BankClient>();

/** The client of one bank's node, by way of this origin's forwarder. */
export function bankClient(bank: string): BankClient {
  const known = clients.get(bank);
  if (known !== undefined) return known;
  const url = `/api/banks/${bank}/trpc`;
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "mutation",
        true: httpLink({ url, fetch: fetchAsSignedIn }),
        false: httpBatchLink({ url, maxItems: BATCH_MAX, fetch: fetchAsSignedIn }),
      }),
    ],
  });
  clients.set(bank, client);
  return client;
}

/** A refusal for want of a session is told to the page, which asks the person in again. */
const fetchAsSignedIn = async (input: string | URL | Request, init?: object): Promise<Response> => {
  const answer = await fetch(input, init);
  if (answer.status === 401) sessionEnded.tell();
  return answer;
};

/** `bankQueries("azul").accounts.get.queryOptions(…)`, for every bank alike. */
export function useBankQueries(): (bank: string) => BankQueries {
  const queryClient = useQueryClient();
  return useMemo(() => {
    const proxies = new Map<string, BankQueries>();
    return (bank: string) => {
      const known = proxies.get(bank);
      if (known !== undefined) return known;
      const proxy = createTRPCOptionsProxy<AppRouter, { keyPrefix: true }>({
        client: bankClient(bank),
        queryClient,
        keyPrefix: bank,
      });
      proxies.set(bank, proxy);
      return proxy;
    };
  }, [queryClient]);
}

/** No retries: a bank's return asks again, and a refusal would only be repeated. */
export function QueriesProvider({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, networkMode: "always", staleTime: 1_000 },
        },
      }),
  );
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}
