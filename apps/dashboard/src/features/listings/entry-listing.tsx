"use client";
import type { HistoryLine } from "@pacto/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { BankSwitch, useOneBank } from "../../banks/one-bank.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { usePostingKind } from "../accounts/posting-kind.ts";
import { EntryFilters } from "./entry-filters.tsx";
import { useEntryFilter } from "./entry-filter.ts";
import { ListingFiles } from "./listing-files.tsx";

const PAGE = 50;

/** Every entry of every account of a bank: for the auditor. */
export function EntryListing() {
  const t = useTranslations("entries");
  const [bank, setBank] = useOneBank();
  const filter = useEntryFilter();
  const isReachable = useReachable().has(bank);
  const pages = useInfiniteQuery({
    queryKey: [[bank], "listing-entries", filter.asked],
    queryFn: ({ pageParam, signal }) =>
      bankClient(bank).listings.history.query(
        { ...filter.asked, limit: PAGE, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReachable && bank !== "",
  });
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="flex flex-col gap-4 [&>:first-child]:mb-0">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <ListingFiles
            bank={bank}
            label={t("export")}
            listing={{ kind: "history", filter: filter.asked }}
            request={() => bankClient(bank).listings.exportHistory.query(filter.asked)}
          />
        }
      />
      <BankSwitch value={bank} onChange={setBank} />
      <EntryFilters typed={filter.typed} onChange={filter.change} withNumber />
      <ReadProblem
        bank={bank}
        error={pages.error}
        readAt={pages.data === undefined ? null : pages.dataUpdatedAt}
      />
      {(pages.data !== undefined || pages.isLoading) && (
        <ListFrame
          isEmpty={entries.length === 0}
          isReading={pages.isFetching}
          readingText={t("reading")}
          emptyText={t("none")}
          more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
          moreText={t("more")}
        >
          <EntryTable bank={bank} entries={entries} />
        </ListFrame>
      )}
    </div>
  );
}

function EntryTable(props: { readonly bank: string; readonly entries: readonly HistoryLine[] }) {
  const t = useTranslations("entries");
  return (
    <DataTable
      caption={t("title")}
      columns={[
        { text: t("at") },
        { text: t("account") },
        { text: t("entry") },
        { text: t("amount"), isFigure: true },
        { text: t("balanceAfter"), isFigure: true, isWide: true },
        { text: t("actor"), isWide: true },
      ]}
    >
      {props.entries.map((entry) => (
        <EntryRow key={`${entry.postingId}/${entry.number}`} bank={props.bank} entry={entry} />
      ))}
    </DataTable>
  );
}

function EntryRow({ bank, entry }: { readonly bank: string; readonly entry: HistoryLine }) {
  const money = useMoney();
  const dates = useDates();
  const kind = usePostingKind();
  const isCredit = entry.amountCentavos > 0;
  return (
    <tr>
      <td className="num text-muted">{dates.exactly(entry.at)}</td>
      <td>
        <Link href={`/accounts/${bank}/${entry.number}`} className="num text-link">
          {entry.number}
        </Link>
        <span className="block max-w-52 truncate text-xs text-muted">{entry.holder}</span>
      </td>
      <td>
        {entry.transactionId === null ? (
          kind(entry.kind)
        ) : (
          <Link href={`/transfers/${bank}/${entry.transactionId}`} className="text-link">
            {kind(entry.kind)}
          </Link>
        )}
        {entry.description !== "" && <span className="text-muted"> · {entry.description}</span>}
      </td>
      <td className={`num text-right ${isCredit ? "text-positive" : ""}`}>
        {isCredit ? "+" : ""}
        {money(entry.amountCentavos)}
      </td>
      <td className="num text-right max-md:hidden">{money(entry.balanceAfterCentavos)}</td>
      <td className="num max-w-44 truncate text-muted max-md:hidden">{entry.actor}</td>
    </tr>
  );
}
