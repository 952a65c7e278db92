"use client";
import type { DrawerMovement } from "@pacto/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ListFrame } from "../../components/list-frame.tsx";
import { Section } from "../../components/section.tsx";
import { useMoney } from "../../i18n/money.ts";
import { usePostingKind } from "../accounts/posting-kind.ts";

const PAGE = 25;
const REFRESH_MS = 5_000;

/** What went through the drawer, without a running sum, so that the count stays blind. */
export function Movements(props: { readonly bank: string; readonly session: string | null }) {
  const { bank, session } = props;
  const t = useTranslations("drawer");
  const isReachable = useReachable().has(bank);
  const pages = useInfiniteQuery({
    queryKey: [[bank], "drawer-movements", session],
    queryFn: ({ pageParam, signal }) =>
      bankClient(bank).cash.movements.query(
        { limit: PAGE, cursor: pageParam, ...(session === null ? {} : { session }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReachable,
    ...following(REFRESH_MS),
  });
  const movements = pages.data?.pages.flatMap((page) => page.movements) ?? [];
  // Nothing is known of a bank that is away: saying "none" would be a lie.
  if (pages.data === undefined && !isReachable) return null;
  return (
    <Section title={t("movements")}>
      <ListFrame
        isEmpty={movements.length === 0}
        isReading={pages.isLoading}
        readingText={t("reading")}
        emptyText={t("noMovements")}
        more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
        moreText={t("more")}
      >
        <table className="data-table">
          <caption className="sr-only">{t("movements")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("at")}</th>
              <th scope="col">{t("movement")}</th>
              <th scope="col">{t("withWhom")}</th>
              <th scope="col" className="text-right!">
                {t("amount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {movements.map((movement) => (
              <MovementRow key={movement.postingId} bank={bank} movement={movement} />
            ))}
          </tbody>
        </table>
      </ListFrame>
    </Section>
  );
}

function MovementRow(props: { readonly bank: string; readonly movement: DrawerMovement }) {
  const { bank, movement } = props;
  const money = useMoney();
  const format = useFormatter();
  const kind = usePostingKind();
  const isIn = movement.amountCentavos > 0;
  return (
    <tr>
      <td className="num text-muted">
        {format.dateTime(new Date(movement.at), { dateStyle: "short", timeStyle: "medium" })}
      </td>
      <td>
        {movement.number === null ? (
          kind(movement.kind)
        ) : (
          <Link href={`/receipts/${bank}/${movement.postingId}`} className="text-link">
            {kind(movement.kind)}
          </Link>
        )}
        {movement.description !== "" && (
          <span className="text-muted"> · {movement.description}</span>
        )}
      </td>
      <td className="num">
        {movement.number === null ? (
          <span className="text-muted">{movement.teller ?? ""}</span>
        ) : (
          <Link href={`/accounts/${bank}/${movement.number}`} className="text-link">
            {movement.number}
          </Link>
        )}
      </td>
      <td className={`num text-right ${isIn ? "text-positive" : ""}`}>
        {isIn ? "+" : ""}
        {money(movement.amountCentavos)}
      </td>
    </tr>
  );
}
