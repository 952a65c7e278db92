"use client";
import type { HeuristicRequestView, InDoubtBranch } from "@pacto/contract";
import { type BankPages, useBankPages } from "../../banks/bank-pages.ts";

const REFRESH_MS = 2_000;

/** Branches that voted yes and wait for a decision, at every bank, newest first. */
export function useInDoubt(banks: readonly string[]): BankPages<InDoubtBranch> {
  return useBankPages<InDoubtBranch>({
    banks,
    key: ["in-doubt"],
    instantOf: ({ votedAt }) => votedAt,
    followMs: REFRESH_MS,
    read: async (client, _, signal) => {
      const { branches } = await client.transfers.inDoubt.query(undefined, { signal });
      return { items: branches, nextCursor: null };
    },
  });
}

/** A request to force a branch, with the bank where it was made. */
export interface ForceRequest extends HeuristicRequestView {
  readonly bank: string;
}

/** What persons asked to force, at every bank, newest first. */
export function useForceRequests(banks: readonly string[]): BankPages<ForceRequest> {
  return useBankPages<ForceRequest>({
    banks,
    key: ["force-requests"],
    instantOf: ({ requestedAt }) => requestedAt,
    followMs: REFRESH_MS,
    read: async (client, _, signal) => {
      const { requests, bank } = await client.operations.heuristicRequests.query(undefined, {
        signal,
      });
      return { items: requests.map((request) => ({ ...request, bank })), nextCursor: null };
    },
  });
}
