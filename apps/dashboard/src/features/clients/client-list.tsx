"use client";
import type { ClientView } from "@pacto/contract";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { BankFilter } from "../../banks/bank-filter.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMember, useMembers } from "../../banks/banks.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { useDebounced } from "../../components/debounced.ts";
import { Icon } from "../../components/icon.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { SearchBox } from "../../components/search-box.tsx";

const PAGE = 25;

/** Clients of one bank or of all, by name or by a whole CPF or CNPJ. */
export function ClientList() {
  const t = useTranslations("clients");
  const members = useMembers();
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault(""));
  const [bank, setBank] = useQueryState("bank", parseAsString.withDefault(""));
  const asked = useDebounced(search.trim());
  const list = useBankPages<ClientView>({
    banks: bank === "" ? members.map(({ id }) => id) : [bank],
    key: ["clients", asked],
    instantOf: (client) => client.createdAt,
    read: async (client, cursor, signal) => {
      const input = { limit: PAGE, cursor, ...(asked === "" ? {} : { search: asked }) };
      const page = await client.clients.list.query(input, { signal });
      return { items: page.clients, nextCursor: page.nextCursor };
    },
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <ActionLink
            href={bank === "" ? "/clients/new" : `/clients/new?bank=${bank}`}
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
          <ClientTable clients={list.items} />
        </ListFrame>
      </div>
    </>
  );
}

function ClientTable({ clients }: { readonly clients: readonly ClientView[] }) {
  const t = useTranslations("clients");
  return (
    <table className="data-table">
      <caption className="sr-only">{t("title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("name")}</th>
          <th scope="col">{t("taxId")}</th>
          <th scope="col" className="max-md:hidden">
            {t("kind")}
          </th>
          <th scope="col">{t("bank")}</th>
          <th scope="col" className="text-right!">
            {t("accounts")}
          </th>
          <th scope="col" className="text-right! max-md:hidden">
            {t("since")}
          </th>
        </tr>
      </thead>
      <tbody>
        {clients.map((client) => (
          <ClientRow key={`${client.bank}/${client.id}`} client={client} />
        ))}
      </tbody>
    </table>
  );
}

function ClientRow({ client }: { readonly client: ClientView }) {
  const t = useTranslations("clients");
  const format = useFormatter();
  const bank = useMember(client.bank);
  return (
    <tr>
      <td>
        <Link href={`/clients/${client.bank}/${client.id}`} className="text-link">
          {client.name}
        </Link>
      </td>
      <td className="num">{client.taxIdMasked}</td>
      <td className="max-md:hidden">{t(`kinds.${client.kind}`)}</td>
      <td>{bank && <BankName bank={bank} />}</td>
      <td className="num text-right">{client.accountCount}</td>
      <td className="num text-right text-muted max-md:hidden">
        {format.dateTime(new Date(client.createdAt), { dateStyle: "short" })}
      </td>
    </tr>
  );
}
