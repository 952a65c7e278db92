"use client";
import type { EntryView, StatementInput } from "@pacto/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { Section } from "../../components/section.tsx";
import { useMoney } from "../../i18n/money.ts";

import { usePostingKind } from "./posting-kind.ts";

const PAGE = 25;

/**
 * The account's entries, newest first. `version` is the account's, as its balances were read: when
 * the newest entry shown is older, the entries are read again.
 */
export function Statement(props: {
  readonly bank: string;
  readonly number: string;
  readonly version: number;
  /** Days, kind, amounts and words; left out, all entries are shown, with the way to filter them. */
  readonly filter?: Omit<StatementInput, "number" | "limit" | "cursor">;
}) {
  const { filter } = props;
  const t = useTranslations("account");
  const isReachable = useReachable().has(props.bank);
  const pages = useInfiniteQuery({
    queryKey: [[props.bank], "statement", props.number, filter ?? null],
    queryFn: ({ pageParam, signal }) =>
      bankClient(props.bank).accounts.statement.query(
        { ...filter, number: props.number, limit: PAGE, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReachable,
  });
  const { refetch } = pages;
  const shownVersion = pages.data?.pages[0]?.entries[0]?.version ?? 0;
  useEffect(() => {
    if (isReachable && filter === undefined && props.version > shownVersion) void refetch();
  }, [isReachable, filter, props.version, shownVersion, refetch]);
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Section
      title={t("statement")}
      actions={
        filter === undefined && (
          <ActionLink href={`/accounts/${props.bank}/${props.number}/statement`} size="sm">
            {t("fullStatement")}
          </ActionLink>
        )
      }
    >
      <ListFrame
        isEmpty={entries.length === 0}
        isReading={pages.isFetching}
        readingText={t("reading")}
        emptyText={t(filter === undefined ? "noEntries" : "noEntriesFound")}
        more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
        moreText={t("more")}
      >
        <DataTable
          caption={t("statement")}
          columns={[
            { text: t("at") },
            { text: t("entry") },
            { text: t("amount"), isFigure: true },
            { text: t("balanceAfter"), isFigure: true },
          ]}
        >
          {entries.map((entry) => (
            <EntryRow key={entry.version} entry={entry} bank={props.bank} />
          ))}
        </DataTable>
      </ListFrame>
    </Section>
  );
}

function EntryRow({ entry, bank }: { readonly entry: EntryView; readonly bank: string }) {
  const t = useTranslations("account");
  const money = useMoney();
  const format = useFormatter();
  const kind = usePostingKind();
  const isCredit = entry.amountCentavos > 0;
  return (
    <tr>
      <td className="num text-muted">
        {format.dateTime(new Date(entry.at), { dateStyle: "short", timeStyle: "medium" })}
      </td>
      <td>
        {entry.transactionId === null ? (
          kind(entry.kind)
        ) : (
          <Link href={`/transfers/${bank}/${entry.transactionId}`} className="text-link">
            {t(isCredit ? "transferIn" : "transferOut")}
          </Link>
        )}
        {entry.description !== "" && <span className="text-muted"> · {entry.description}</span>}
      </td>
      <td className={`num text-right ${isCredit ? "text-positive" : ""}`}>
        {isCredit ? "+" : ""}
        {money(entry.amountCentavos)}
      </td>
      <td className="num text-right">{money(entry.balanceAfterCentavos)}</td>
    </tr>
  );
}
