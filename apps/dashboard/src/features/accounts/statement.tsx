"use client";
import type { EntryView } from "@pacto/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { useMoney } from "../../i18n/money.ts";

const PAGE = 25;

/**
 * The account's entries, newest first. `version` is the account's, as its balances were read: when
 * the newest entry shown is older, the entries are read again.
 */
export function Statement(props: {
  readonly bank: string;
  readonly number: string;
  readonly version: number;
}) {
  const t = useTranslations("account");
  const isReachable = useReachable().has(props.bank);
  const pages = useInfiniteQuery({
    queryKey: [[props.bank], "statement", props.number],
    queryFn: ({ pageParam, signal }) =>
      bankClient(props.bank).accounts.statement.query(
        { number: props.number, limit: PAGE, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReachable,
  });
  const { refetch } = pages;
  const shownVersion = pages.data?.pages[0]?.entries[0]?.version ?? 0;
  useEffect(() => {
    if (isReachable && props.version > shownVersion) void refetch();
  }, [isReachable, props.version, shownVersion, refetch]);
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section aria-labelledby="statement-heading">
      <h2 id="statement-heading" className="mb-2 font-semibold">
        {t("statement")}
      </h2>
      <ListFrame
        isEmpty={entries.length === 0}
        isReading={pages.isFetching}
        readingText={t("reading")}
        emptyText={t("noEntries")}
        more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
        moreText={t("more")}
      >
        <table className="data-table">
          <caption className="sr-only">{t("statement")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("at")}</th>
              <th scope="col">{t("entry")}</th>
              <th scope="col" className="text-right!">
                {t("amount")}
              </th>
              <th scope="col" className="text-right!">
                {t("balanceAfter")}
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <EntryRow key={entry.version} entry={entry} bank={props.bank} />
            ))}
          </tbody>
        </table>
      </ListFrame>
    </section>
  );
}

function EntryRow({ entry, bank }: { readonly entry: EntryView; readonly bank: string }) {
  const t = useTranslations("account");
  const money = useMoney();
  const format = useFormatter();
  const isCredit = entry.amountCentavos > 0;
  return (
    <tr>
      <td className="num text-muted">
        {format.dateTime(new Date(entry.at), { dateStyle: "short", timeStyle: "medium" })}
      </td>
      <td>
        {entry.transactionId === null ? (
          t(`entryKinds.${entry.kind}`)
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
