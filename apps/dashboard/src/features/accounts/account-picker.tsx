"use client";
import type { AccountView } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { useDebounced } from "../../components/debounced.ts";
import { SearchPicker } from "../../components/lazy-search-picker.tsx";
import { useMoney } from "../../i18n/money.ts";
import { holderNames } from "./account-table.tsx";

/** An account as a form remembers it. */
export interface PickedAccount {
  readonly number: string;
  readonly holder: string;
}

const FOUND_MAX = 20;

/** Finds an account of one bank by its client's name or its number. */
export function AccountPicker(props: {
  readonly bank: string | null;
  readonly label: string;
  readonly picked: PickedAccount | null;
  readonly onPick: (account: PickedAccount | null) => void;
  readonly hint?: string;
  readonly problem?: string | null;
  readonly isDisabled?: boolean;
}) {
  const t = useTranslations("accountPicker");
  const { bank, picked, onPick, ...field } = props;
  const [search, setSearch] = useState("");
  const found = useFoundAccounts(bank, search);
  const exact = found.accounts.find(({ number }) => number === search.trim());

  // A whole number typed or pasted needs no second step.
  useEffect(() => {
    if (exact === undefined || exact.number === picked?.number) return;
    setSearch("");
    onPick({ number: exact.number, holder: holderNames(exact) });
  }, [exact, picked, onPick]);

  return (
    <SearchPicker
      key={bank}
      {...field}
      isRequired
      isDisabled={(props.isDisabled ?? false) || bank === null}
      placeholder={bank === null ? t("bankFirst") : t("placeholder")}
      emptyText={found.isReading ? t("reading") : t("none")}
      picked={picked && { id: picked.number, text: pickedText(picked) }}
      isBehind={found.isBehind}
      onSearch={setSearch}
      onPick={(number) => {
        const account = found.accounts.find((it) => it.number === number);
        if (account !== undefined) onPick({ number: account.number, holder: holderNames(account) });
        else if (number === null) onPick(null);
      }}
      found={found.accounts.map((account) => ({
        id: account.number,
        text: pickedText({ number: account.number, holder: holderNames(account) }),
        content: <FoundAccount account={account} />,
      }))}
    />
  );
}

function useFoundAccounts(bank: string | null, search: string) {
  const queries = useBankQueries();
  const reachable = useReachable();
  const asked = useDebounced(search.trim(), 150);
  const { data, isFetching, isPlaceholderData } = useQuery(
    queries(bank ?? "").accounts.list.queryOptions(
      { limit: FOUND_MAX, ...(asked === "" ? {} : { search: asked }) },
      {
        enabled: bank !== null && reachable.has(bank),
        placeholderData: keepPreviousData,
      },
    ),
  );
  const accounts = (data?.accounts ?? []).filter(
    (account) => account.bank === bank && account.status !== "closed",
  );
  const isBehind = isPlaceholderData || asked !== search.trim();
  return { accounts, isReading: isFetching, isBehind };
}

function FoundAccount({ account }: { readonly account: AccountView }) {
  const t = useTranslations("accountPicker");
  const money = useMoney();
  return (
    <span className="flex min-w-0 flex-1 items-baseline justify-between gap-4">
      <span className="min-w-0">
        <span className="block truncate">{holderNames(account)}</span>
        <span className="num block text-xs text-muted">
          {account.number}
          {account.status === "blocked" && ` · ${t("blocked")}`}
        </span>
      </span>
      <span className="num text-right text-xs text-muted">{money(account.availableCentavos)}</span>
    </span>
  );
}

function pickedText({ number, holder }: PickedAccount): string {
  return `${holder} · ${number}`;
}
