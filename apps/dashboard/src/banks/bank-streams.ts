import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { BankClient } from "./client.tsx";
import type { AppRouter } from "./router.ts";

/** The client of one bank for what streams. Loaded by the pages that follow something live. */
export function bankStreams(bank: string): BankClient {
  const url = `/api/banks/${bank}/trpc`;
  return createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url })] });
}
