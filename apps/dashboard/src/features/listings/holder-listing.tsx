"use client";
import type { HolderLine } from "@pacto/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { BankSwitch, useOneBank } from "../../banks/one-bank.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { Choice } from "../../components/choice.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { useDebounced } from "../../components/debounced.ts";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { ListingFiles } from "./listing-files.tsx";

const PAGE = 50;
const kinds = ["checking", "savings", "business", "joint", "loan"] as const;
const statuses = ["active", "blocked", "closed"] as const;

/** Every holder of every account of a bank: for the auditor. */
export function HolderListing() {
  const t = useTranslations("holders");
  const [bank, setBank] = useOneBank();
  const filter = useHolderFilter();
  const isReachable = useReachable().has(bank);
  const pages = useInfiniteQuery({
    queryKey: [[bank], "listing-holders", filter.asked],
    queryFn: ({ pageParam, signal }) =>
      bankClient(bank).listings.holders.query(
        { ...filter.asked, limit: PAGE, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReachable && bank !== "",
  });
  const holders = pages.data?.pages.flatMap((page) => page.holders) ?? [];
  return (
    <div className="flex flex-col gap-4 [&>:first-child]:mb-0">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <ListingFiles
            bank={bank}
            label={t("export")}
            listing={{ kind: "holders", filter: filter.asked }}
            request={() => bankClient(bank).listings.exportHolders.query(filter.asked)}
          />
        }
      />
      <BankSwitch value={bank} onChange={setBank} />
      <HolderFilters filter={filter} />
      <ReadProblem
        bank={bank}
        error={pages.error}
        readAt={pages.data === undefined ? null : pages.dataUpdatedAt}
      />
      {(pages.data !== undefined || pages.isLoading) && (
        <ListFrame
          isEmpty={holders.length === 0}
          isReading={pages.isFetching}
          readingText={t("reading")}
          emptyText={t("none")}
          more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
          moreText={t("more")}
        >
          <HolderTable bank={bank} holders={holders} />
        </ListFrame>
      )}
    </div>
  );
}

/** The filter lives in the address; what is typed is asked once it rests. */
function useHolderFilter() {
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault(""));
  const [{ kind, status }, setRest] = useQueryStates({
    kind: parseAsStringLiteral(kinds),
    status: parseAsStringLiteral(statuses),
  });
  const text = useDebounced(search.trim());
  const asked = {
    ...(text === "" ? {} : { search: text }),
    ...(kind === null ? {} : { kind }),
    ...(status === null ? {} : { status }),
  };
  return { search, setSearch, kind, status, setRest, asked };
}

function HolderFilters({ filter }: { readonly filter: ReturnType<typeof useHolderFilter> }) {
  const t = useTranslations("holders");
  const accounts = useTranslations("accounts");
  return (
    <div data-screen-only className="grid gap-3 sm:grid-cols-3">
      <TextInput
        label={t("search")}
        value={filter.search}
        onChange={(text) => void filter.setSearch(text === "" ? null : text)}
        maxLength={120}
      />
      <Choice
        label={accounts("kind")}
        value={filter.kind ?? "all"}
        onChange={(id) => void filter.setRest({ kind: kinds.find((it) => it === id) ?? null })}
        options={[
          { id: "all", text: t("all") },
          ...kinds.map((id) => ({ id, text: accounts(`kinds.${id}`) })),
        ]}
      />
      <Choice
        label={t("status")}
        value={filter.status ?? "all"}
        onChange={(id) => void filter.setRest({ status: statuses.find((it) => it === id) ?? null })}
        options={[
          { id: "all", text: t("all") },
          ...statuses.map((id) => ({ id, text: accounts(`statuses.${id}`) })),
        ]}
      />
    </div>
  );
}

function HolderTable(props: { readonly bank: string; readonly holders: readonly HolderLine[] }) {
  const t = useTranslations("holders");
  const accounts = useTranslations("accounts");
  const money = useMoney();
  const dates = useDates();
  return (
    <DataTable
      caption={t("title")}
      columns={[
        { text: t("holder") },
        { text: t("taxId") },
        { text: accounts("number") },
        { text: accounts("kind"), isWide: true },
        { text: t("status"), isWide: true },
        { text: accounts("ledger"), isFigure: true },
        { text: t("openedAt"), isWide: true },
      ]}
    >
      {props.holders.map((line) => (
        <tr key={`${line.number}/${line.clientId}`}>
          <td>
            <Link href={`/clients/${props.bank}/${line.clientId}`} className="text-link">
              {line.name}
            </Link>
          </td>
          <td className="num">{line.taxIdMasked}</td>
          <td className="num">
            <Link href={`/accounts/${props.bank}/${line.number}`} className="text-link">
              {line.number}
            </Link>
          </td>
          <td className="max-md:hidden">
            {accounts(`kinds.${kinds.find((kind) => kind === line.kind) ?? "checking"}`)}
          </td>
          <td className={`max-md:hidden ${line.status === "active" ? "" : "text-caution"}`}>
            {accounts(`statuses.${line.status}`)}
          </td>
          <td className="num text-right">{money(line.ledgerCentavos)}</td>
          <td className="num text-muted max-md:hidden">{dates.at(line.openedAt)}</td>
        </tr>
      ))}
    </DataTable>
  );
}
