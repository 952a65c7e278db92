"use client";
import type { WebhookDeliveryView, WebhookEndpointView } from "@pacto/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { DataTable } from "../../components/data-table.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { Section } from "../../components/section.tsx";
import { Segments } from "../../components/segments.tsx";
import { useDates } from "../../i18n/dates.ts";

const PAGE = 25;
const statuses = ["all", "delivered", "failing", "given-up"] as const;

/** What an endpoint was told, newest first, in the ledger's order. */
export function Deliveries(props: {
  readonly bank: string;
  readonly endpoint: WebhookEndpointView;
}) {
  const { bank, endpoint } = props;
  const t = useTranslations("webhooks");
  const [status, setStatus] = useQueryState(
    "status",
    parseAsStringLiteral(statuses).withDefault("all"),
  );
  const isReachable = useReachable().has(bank);
  const pages = useInfiniteQuery({
    queryKey: [[bank], "webhook-deliveries", endpoint.id, status],
    queryFn: ({ pageParam, signal }) =>
      bankClient(bank).webhooks.deliveries.query(
        {
          id: endpoint.id,
          limit: PAGE,
          cursor: pageParam,
          ...(status === "all" ? {} : { status }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReachable,
    ...following(4_000),
  });
  const deliveries = pages.data?.pages.flatMap((page) => page.deliveries) ?? [];
  if (pages.data === undefined && !isReachable) return null;
  return (
    <Section
      title={t("deliveries")}
      note={endpoint.url}
      actions={
        <Segments
          label={t("status")}
          value={status}
          onChange={(id) => void setStatus(id)}
          options={statuses.map((id) => ({ id, text: t(`statuses.${id}`) }))}
        />
      }
    >
      <ListFrame
        isEmpty={deliveries.length === 0}
        isReading={pages.isLoading}
        readingText={t("reading")}
        emptyText={t("noDeliveries")}
        more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
        moreText={t("more")}
      >
        <DataTable
          caption={t("deliveries")}
          columns={[
            { text: t("sequence"), isFigure: true },
            { text: t("type") },
            { text: t("subject"), isWide: true },
            { text: t("status") },
            { text: t("attempts"), isFigure: true },
            { text: t("last") },
          ]}
        >
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.sequence} delivery={delivery} />
          ))}
        </DataTable>
      </ListFrame>
    </Section>
  );
}

const inks: Record<WebhookDeliveryView["status"], string> = {
  delivered: "text-positive",
  failing: "text-caution",
  "given-up": "text-negative",
};

function DeliveryRow({ delivery }: { readonly delivery: WebhookDeliveryView }) {
  const t = useTranslations("webhooks");
  const dates = useDates();
  return (
    <tr>
      <td className="num w-20 text-right text-muted">{delivery.sequence}</td>
      <td className="font-mono text-xs">{delivery.type}</td>
      <td className="num max-w-52 truncate text-muted max-md:hidden">{delivery.subject}</td>
      <td className={`whitespace-nowrap ${inks[delivery.status]}`}>
        {t(`statuses.${delivery.status}`)}
        {delivery.lastStatus !== null && <span className="num"> · {delivery.lastStatus}</span>}
        {delivery.lastError !== null && (
          <span className="block text-xs text-muted">{delivery.lastError}</span>
        )}
      </td>
      <td className="num text-right">{delivery.attempts}</td>
      <td className="num text-muted">{dates.exactly(delivery.lastAt)}</td>
    </tr>
  );
}
