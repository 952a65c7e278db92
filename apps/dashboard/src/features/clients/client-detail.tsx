"use client";
import type { ClientView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { ActionLink } from "../../components/action-link.tsx";
import { Icon } from "../../components/icon.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { AccountTable } from "../accounts/account-table.tsx";
import { LimitsPanel } from "../limits/limits-panel.tsx";
import { RevealClient } from "./reveal-client.tsx";
import { ClientContact, ClientHistory, Elsewhere } from "./client-record.tsx";

/** One client of one bank, with the accounts held there. */
export function ClientDetail(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("client");
  const kinds = useTranslations("clients.kinds");
  const format = useFormatter();
  const bank = useMember(props.bank);
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const isNew = useSearchParams().get("created") === "1";
  const found = useQuery(
    queries.clients.get.queryOptions({ id: props.id }, { enabled: isReachable }),
  );
  const accounts = useQuery(
    queries.accounts.list.queryOptions({ clientId: props.id, limit: 50 }, { enabled: isReachable }),
  );
  const client = found.data?.client;
  if (client === undefined || bank === undefined) {
    return (
      <>
        <ReadProblem bank={props.bank} error={found.error} readAt={null} />
        {found.isLoading && <Skeleton label={t("reading")} />}
      </>
    );
  }
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader
        title={client.name}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <BankName bank={bank} />
            <span>{kinds(client.kind)}</span>
            <span className="num">{client.taxIdMasked}</span>
            {client.status === "inactive" && <span className="text-caution">{t("inactive")}</span>}
            <span>
              {t("since", {
                date: format.dateTime(new Date(client.createdAt), { dateStyle: "medium" }),
              })}
            </span>
          </span>
        }
        actions={<Actions client={client} />}
      />
      {isNew && <Notice tone="positive" announce="soon" title={t("created")} />}
      <ReadProblem bank={props.bank} error={found.error} readAt={found.dataUpdatedAt} />
      <Section title={t("accounts")}>
        {accounts.isLoading && <Skeleton label={t("reading")} rows={2} />}
        {accounts.data?.accounts.length === 0 && (
          <p className="panel px-4 py-8 text-center text-muted">{t("noAccounts")}</p>
        )}
        {accounts.data !== undefined && accounts.data.accounts.length > 0 && (
          <div className="panel overflow-x-auto">
            <AccountTable accounts={accounts.data.accounts} />
          </div>
        )}
      </Section>
      <Elsewhere bank={client.bank} id={client.id} />
      <ClientContact client={client} />
      <RevealClient bank={client.bank} id={client.id} />
      <LimitsPanel bank={client.bank} owner={{ client: client.id }} />
      <ClientHistory bank={client.bank} id={client.id} version={client.version} />
    </div>
  );
}

function Actions({ client }: { readonly client: ClientView }) {
  const t = useTranslations("client");
  return (
    <>
      <ActionLink href={`/clients/${client.bank}/${client.id}/edit`}>{t("edit")}</ActionLink>
      <ActionLink href={`/accounts/new?bank=${client.bank}&client=${client.id}`} variant="primary">
        <Icon name="plus" />
        {t("openAccount")}
      </ActionLink>
    </>
  );
}
