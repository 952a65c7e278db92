"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { BankSwitch, useOneBank } from "../../banks/one-bank.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { Deliveries } from "./deliveries.tsx";
import { Endpoint } from "./endpoint.tsx";
import { NewEndpoint } from "./new-endpoint.tsx";

/** Who is told of a bank's events, how far each has come, and every delivery. */
export function WebhooksPage() {
  const t = useTranslations("webhooks");
  const [bank, setBank] = useOneBank();
  const [shown, setShown] = useQueryState("endpoint", parseAsString);
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.webhooks.list.queryOptions(undefined, {
      enabled: isReachable && bank !== "",
      ...following(4_000),
    }),
  );
  const endpoints = data?.endpoints.filter(({ status }) => status !== "removed") ?? [];
  const chosen = endpoints.find(({ id }) => id === shown) ?? endpoints[0];
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader title={t("title")} description={t("description")} />
      <BankSwitch value={bank} onChange={setBank} />
      <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
      {isLoading && <Skeleton label={t("reading")} rows={4} />}
      {data !== undefined && <NewEndpoint key={bank} bank={bank} targets={data.targets} />}
      {data !== undefined && endpoints.length === 0 && (
        <div className="panel px-4 py-10 text-center text-muted">{t("none")}</div>
      )}
      {endpoints.length > 0 && (
        <ul className="panel divide-y divide-border">
          {endpoints.map((endpoint) => (
            <Endpoint
              key={endpoint.id}
              bank={bank}
              endpoint={endpoint}
              isShown={endpoint.id === chosen?.id}
              onShow={() => void setShown(endpoint.id)}
            />
          ))}
        </ul>
      )}
      {chosen !== undefined && <Deliveries key={chosen.id} bank={bank} endpoint={chosen} />}
    </div>
  );
}
