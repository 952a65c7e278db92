"use client";
import { Button } from "@heroui/react/button";
import type { NotificationView } from "@pacto/contract";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useBankPages } from "../../banks/bank-pages.ts";
import { useMember, useMembers } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { PartsNotice } from "../../banks/parts-notice.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDates } from "../../i18n/dates.ts";
import { placeOf } from "./place-of.ts";
import { useNotificationSentence } from "./sentence.ts";

const PAGE = 25;
const REFETCH_MS = 5_000;

type Told = NotificationView & { readonly at: string };

/** What happened of itself at the banks, newest first, and what this person has not read of it. */
export function NotificationList() {
  const t = useTranslations("notifications");
  const members = useMembers();
  const queryClient = useQueryClient();
  const list = useBankPages<Told>({
    banks: members.map(({ id }) => id),
    key: ["notifications"],
    instantOf: ({ createdAt }) => createdAt,
    followMs: REFETCH_MS,
    read: async (client, cursor, signal, at) => {
      const page = await client.notifications.list.query({ limit: PAGE, cursor }, { signal });
      return {
        items: page.notifications.map((one) => ({ ...one, at })),
        nextCursor: page.nextCursor,
      };
    },
  });
  const isUnread = list.items.some(({ isRead }) => !isRead);

  async function readAll() {
    const newest = new Map<string, string>();
    for (const { at, id } of list.items) if (!newest.has(at)) newest.set(at, id);
    await Promise.allSettled(
      [...newest].map(([bank, upTo]) => bankClient(bank).notifications.read.mutate({ upTo })),
    );
    await queryClient.invalidateQueries();
  }

  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          isUnread && (
            <Button variant="outline" onPress={() => void readAll()}>
              {t("readAll")}
            </Button>
          )
        }
      />
      <div className="flex flex-col gap-3">
        <PartsNotice parts={list.parts} />
        <ListFrame
          isEmpty={list.items.length === 0}
          isReading={list.isReading}
          readingText={t("reading")}
          emptyText={t("none")}
          more={list.more}
          moreText={t("more")}
        >
          <ul className="divide-y divide-border">
            {list.items.map((one) => (
              <Line key={`${one.at}/${one.id}`} told={one} />
            ))}
          </ul>
        </ListFrame>
      </div>
    </>
  );
}

function Line({ told }: { readonly told: Told }) {
  const t = useTranslations("notifications");
  const dates = useDates();
  const sentence = useNotificationSentence();
  const bank = useMember(told.at);
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-3">
      <span className={told.isRead ? "text-muted" : "font-medium"}>{sentence(told)}</span>
      {!told.isRead && <span className="text-xs text-accent">{t("new")}</span>}
      <span className="num ml-auto flex items-center gap-2 text-xs text-muted">
        {bank && <BankName bank={bank} />} {dates.at(told.createdAt)}
        <Link href={placeOf(told.kind)} className="text-link">
          {t("show")}
        </Link>
      </span>
    </li>
  );
}
