"use client";
import type { AccountView } from "@pacto/contract";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import type { BankMember } from "../../banks/member.ts";
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
/** Of each bank, where all of them are searched. */
const FOUND_OF_EACH_MAX = 6;

/** Finds an account by its client's name or its number: of one bank, or of all of them. */
export function AccountPicker(props: {
  /** Null while none is chosen. */
  readonly bank: string | null;
  readonly label: string;
  readonly picked: PickedAccount | null;
  readonly onPick: (account: PickedAccount | null, bank: string) => void;
  /** Without a bank all of them are searched, and what is picked brings its bank with it. */
  readonly anyBank?: boolean;
  readonly hint?: string;
  readonly problem?: string | null;
  readonly isDisabled?: boolean;
}) {
  const t = useTranslations("accountPicker");
  const { bank, picked, onPick, anyBank = false, ...field } = props;
  const members = useMembers();
  const [search, setSearch] = useState("");
  const found = useFoundAccounts(bank ?? (anyBank ? "any" : null), search);
  const exact = found.accounts.find((it) => it.bank === bank && it.number === search.trim());

  // A whole number typed or pasted needs no second step.
  useEffect(() => {
    if (exact === undefined || exact.number === picked?.number) return;
    setSearch("");
    onPick({ number: exact.number, holder: holderNames(exact) }, exact.bank);
  }, [exact, picked, onPick]);

  return (
    <SearchPicker
      // Where the bank comes with the account, the field must keep the keyboard's place.
      key={anyBank ? "any" : bank}
      {...field}
      isRequired
      isDisabled={(props.isDisabled ?? false) || (bank === null && !anyBank)}
      placeholder={t(bank !== null ? "placeholder" : anyBank ? "placeholderAny" : "bankFirst")}
      emptyText={found.isReading ? t("reading") : t(found.isAsked ? "none" : "typeFirst")}
      picked={picked && { id: idOf(bank ?? "", picked.number), text: pickedText(picked) }}
      isBehind={found.isBehind}
      onSearch={setSearch}
      onPick={(id) => {
        const account = found.accounts.find((it) => idOf(it.bank, it.number) === id);
        if (account !== undefined) {
          onPick({ number: account.number, holder: holderNames(account) }, account.bank);
        } else if (id === null) onPick(null, bank ?? "");
      }}
      found={found.accounts.map((account) => ({
        id: idOf(account.bank, account.number),
        text: pickedText({ number: account.number, holder: holderNames(account) }),
        content: (
          <FoundAccount
            account={account}
            bank={bank === null ? members.find(({ id }) => id === account.bank) : undefined}
          />
        ),
      }))}
    />
  );
}

/** `where`: one bank, `any` for all that answer, or null for none yet. */
function useFoundAccounts(where: string | null, search: string) {
  const asked = useDebounced(search.trim(), 150);
  const isAny = where === "any";
  const one = useFoundAt(isAny ? null : where, asked);
  const any = useFoundAnywhere(isAny, asked);
  const found = isAny ? any : one;
  return {
    accounts: found.accounts.filter(({ status }) => status !== "closed"),
    // Without a name the first accounts of every bank would help nobody.
    isAsked: isAny ? asked !== "" : where !== null,
    isReading: found.isReading,
    isBehind: found.isOld || asked !== search.trim(),
  };
}

function useFoundAt(bank: string | null, asked: string) {
  const queries = useBankQueries();
  const reachable = useReachable();
  // What was found before stays while more is typed, or the keyboard would lose its place.
  const { data, isFetching, isPlaceholderData } = useQuery(
    queries(bank ?? "").accounts.list.queryOptions(
      { limit: FOUND_MAX, ...(asked === "" ? {} : { search: asked }) },
      { enabled: bank !== null && reachable.has(bank), placeholderData: keepPreviousData },
    ),
  );
  const accounts = (data?.accounts ?? []).filter((account) => account.bank === bank);
  return { accounts, isReading: isFetching, isOld: isPlaceholderData };
}

function useFoundAnywhere(isWanted: boolean, asked: string) {
  const queries = useBankQueries();
  const reachable = useReachable();
  return useQueries({
    queries: [...(isWanted && asked !== "" ? reachable : [])].map((bank) =>
      queries(bank).accounts.list.queryOptions({ limit: FOUND_OF_EACH_MAX, search: asked }),
    ),
    combine: (results) => ({
      accounts: results.flatMap(({ data }) => data?.accounts ?? []),
      isReading: results.some(({ isFetching }) => isFetching),
      isOld: false,
    }),
  });
}

function idOf(bank: string, number: string): string {
  return `${bank}/${number}`;
}

function FoundAccount(props: {
  readonly account: AccountView;
  /** Shown where accounts of several banks stand together. */
  readonly bank: BankMember | undefined;
}) {
  const { account, bank } = props;
  const t = useTranslations("accountPicker");
  const money = useMoney();
  return (
    <span className="flex min-w-0 flex-1 items-baseline justify-between gap-4">
      <span className="min-w-0">
        <span className="block truncate">{holderNames(account)}</span>
        <span className="num block text-xs text-muted">
          {bank !== undefined && `${bank.name} · `}
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
