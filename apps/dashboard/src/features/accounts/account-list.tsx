"use client";
import type { AccountView } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { useDebounced } from "../../components/debounced.ts";
import { Icon } from "../../components/icon.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { SearchBox } from "../../components/search-box.tsx";
import { AccountTable } from "./account-table.tsx";

const PAGE = 25;

/** Accounts of one bank or of all, by a holder's name or the beginning of the number. */
export function AccountList() {
  const t = useTranslations("accounts");
  const members = useMembers();
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault(""));
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const asked = useDebounced(search.trim());
  const list = useBankPages<AccountView>({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    key: ["accounts", asked],
    instantOf: (account) => account.openedAt,
    read: async (client, cursor, signal) => {
      const input = { limit: PAGE, cursor, ...(asked === "" ? {} : { search: asked }) };
      const page = await client.accounts.list.query(input, { signal });
      return { items: page.accounts, nextCursor: page.nextCursor };
    },
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <ActionLink
            href={bank === "" ? "/accounts/new" : `/accounts/new?bank=${bank}`}
            variant="primary"
          >
            <Icon name="plus" />
            {t("new")}
          </ActionLink>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          label={t("search")}
          placeholder={t("searchHint")}
          value={search}
          onChange={(text) => void setSearch(text === "" ? null : text)}
        />
        <BankFilter value={bank} onChange={(id) => void setBank(id === "" ? null : id)} />
      </div>
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={asked === "" ? t("none") : t("noneFound", { search: asked })}
          more={list.more}
          moreText={t("more")}
        >
          <AccountTable accounts={list.items} />
        </ListFrame>
      </div>
    </>
  );
}
