"use client";
import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { Icon } from "../../components/icon.tsx";

const REFETCH_MS = 5_000;

/** How much has happened of itself that this person has not read, one press from every page. */
export function Bell() {
  const t = useTranslations("notifications");
  const members = useMembers();
  const reachable = useReachable();
  const unread = useQueries({
    queries: members.map(({ id }) => ({
      queryKey: [[id], "notifications", "unread"],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        bankClient(id).notifications.list.query({ unreadOnly: true, limit: 1 }, { signal }),
      enabled: reachable.has(id),
      ...following(REFETCH_MS),
    })),
    combine: (results) => results.reduce((sum, { data }) => sum + (data?.unread ?? 0), 0),
  });
  return (
    <Link
      href="/notifications"
      aria-label={t("bell", { count: unread })}
      className="relative inline-flex size-8.5 items-center justify-center rounded-md text-muted
        hover:bg-default hover:text-foreground"
    >
      <Icon name="bell" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="num absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center
            text-2xs font-semibold text-accent-foreground"
        >
          {unread}
        </span>
      )}
    </Link>
  );
}
