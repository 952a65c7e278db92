"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { useDebounced } from "../../components/debounced.ts";
import { SearchPicker } from "../../components/lazy-search-picker.tsx";

/** A client as a form remembers it. */
export interface PickedClient {
  readonly id: string;
  readonly name: string;
  readonly kind: "individual" | "company";
}

/** Finds a client of one bank by name or by a whole CPF or CNPJ. */
export function ClientPicker(props: {
  readonly bank: string | null;
  readonly label: string;
  readonly picked: PickedClient | null;
  readonly onPick: (client: PickedClient | null) => void;
  readonly problem?: string | null;
  readonly isDisabled?: boolean;
}) {
  const t = useTranslations("clientPicker");
  const { bank, picked, onPick, ...field } = props;
  const [search, setSearch] = useState("");
  const asked = useDebounced(search.trim(), 150);
  const queries = useBankQueries();
  const reachable = useReachable();
  const { data, isFetching, isPlaceholderData } = useQuery(
    queries(bank ?? "").clients.list.queryOptions(
      { limit: 20, ...(asked === "" ? {} : { search: asked }) },
      { enabled: bank !== null && reachable.has(bank), placeholderData: keepPreviousData },
    ),
  );
  const clients = (data?.clients ?? []).filter((client) => client.bank === bank);
  return (
    <SearchPicker
      key={bank}
      {...field}
      isRequired
      isDisabled={(props.isDisabled ?? false) || bank === null}
      placeholder={bank === null ? t("bankFirst") : t("placeholder")}
      emptyText={isFetching ? t("reading") : t("none")}
      picked={picked && { id: picked.id, text: picked.name }}
      isBehind={isPlaceholderData || asked !== search.trim()}
      onSearch={setSearch}
      onPick={(id) => {
        const client = clients.find((it) => it.id === id);
        if (client !== undefined) onPick({ id: client.id, name: client.name, kind: client.kind });
        else if (id === null) onPick(null);
      }}
      found={clients.map((client) => ({
        id: client.id,
        text: client.name,
        content: (
          <span className="flex min-w-0 flex-1 items-baseline justify-between gap-4">
            <span className="truncate">{client.name}</span>
            <span className="num text-xs text-muted">{client.taxIdMasked}</span>
          </span>
        ),
      }))}
    />
  );
}
