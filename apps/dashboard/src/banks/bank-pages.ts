"use client";
import type { Refusal } from "@pacto/contract";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useReachable } from "./banks.tsx";
import { type BankClient, bankClient } from "./client.tsx";
import { following } from "./following.ts";
import { mergePages, type Page } from "./merge-pages.ts";
import { refusalOf } from "./refusal.ts";

/** How one bank's part of a list is doing. */
export interface BankPart {
  readonly bank: string;
  /** Cannot be asked now: its items are as old as `readAt`, or missing where that is null. */
  readonly isAway: boolean;
  readonly readAt: number | null;
  readonly isReading: boolean;
  readonly refusal: Refusal | null;
}

export interface BankPages<T> {
  readonly items: readonly T[];
  readonly parts: readonly BankPart[];
  readonly isReading: boolean;
  readonly more: (() => void) | null;
}

export interface BankPagesInput<T> {
  readonly banks: readonly string[];
  /** What is listed, and every filter: a change starts again from the first page. */
  readonly key: readonly unknown[];
  readonly read: (
    client: BankClient,
    cursor: string | undefined,
    signal: AbortSignal,
    bank: string,
  ) => Promise<Page<T>>;
  readonly instantOf: (item: T) => string;
  /** Read again when a bank has changed, at most this often. */
  readonly followMs?: number;
}

/** The same list of several banks as one, newest first, page by page, each bank on its own. */
export function useBankPages<T>(input: BankPagesInput<T>): BankPages<T> {
  const reachable = useReachable();
  const keyText = JSON.stringify([input.banks, input.key]);
  const [read, setRead] = useState<{ key: string; cursors: Record<string, string[]> }>({
    key: keyText,
    cursors: {},
  });
  const cursors = read.key === keyText ? read.cursors : {};
  const asked = input.banks.flatMap((bank) =>
    [undefined, ...(cursors[bank] ?? [])].map((cursor) => ({ bank, cursor })),
  );
  const results = useQueries({
    queries: asked.map(({ bank, cursor }) => ({
      queryKey: [[bank], ...input.key, { cursor: cursor ?? null }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        input.read(bankClient(bank), cursor, signal, bank),
      enabled: reachable.has(bank),
      ...(input.followMs === undefined ? {} : following(input.followMs)),
    })),
  });

  const pages = new Map<string, Page<T>[]>(input.banks.map((bank) => [bank, []]));
  for (const [at, { bank }] of asked.entries()) {
    const page = results[at]?.data;
    if (page !== undefined) pages.get(bank)?.push(page);
  }
  const merged = mergePages(pages, input.instantOf);
  const parts = input.banks.map((bank): BankPart => {
    const mine = results.filter((_, at) => asked[at]?.bank === bank);
    const first = mine[0];
    return {
      bank,
      isAway: !reachable.has(bank),
      readAt: first?.data === undefined ? null : first.dataUpdatedAt,
      isReading: mine.some((result) => result.isLoading),
      refusal: mine.map((result) => refusalOf(result.error)).find((it) => it !== null) ?? null,
    };
  });
  function more() {
    const next = { ...cursors };
    for (const bank of merged.next) {
      const cursor = pages.get(bank)?.at(-1)?.nextCursor;
      if (typeof cursor === "string" && !next[bank]?.includes(cursor)) {
        next[bank] = [...(next[bank] ?? []), cursor];
      }
    }
    setRead({ key: keyText, cursors: next });
  }
  return {
    items: merged.items,
    parts,
    isReading: parts.some((part) => part.isReading),
    more: merged.next.length > 0 ? more : null,
  };
}
