"use client";
import type { JobView } from "@pacto/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { DataTable } from "../../components/data-table.tsx";
import { ListFrame } from "../../components/list-frame.tsx";
import { Section } from "../../components/section.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useJobKind } from "./job-kind.ts";

const PAGE = 10;
const REFRESH_MS = 3_000;

/** The newest long work of a bank. */
export function JobTable(props: { readonly bank: string; readonly title: string }) {
  const { bank, title } = props;
  const t = useTranslations("jobs");
  const isReachable = useReachable().has(bank);
  const pages = useInfiniteQuery({
    queryKey: [[bank], "jobs"],
    queryFn: ({ pageParam, signal }) =>
      bankClient(bank).jobs.list.query({ limit: PAGE, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReachable,
    ...following(REFRESH_MS),
  });
  // Nothing is known of a bank that is away: saying "none" would be a lie.
  if (pages.data === undefined && !isReachable) return null;
  const jobs = pages.data?.pages.flatMap((page) => page.jobs) ?? [];
  return (
    <Section title={title}>
      <ListFrame
        isEmpty={jobs.length === 0}
        isReading={pages.isLoading}
        readingText={t("reading")}
        emptyText={t("none")}
        more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
        moreText={t("more")}
      >
        <DataTable
          caption={title}
          columns={[
            { text: t("started") },
            { text: t("what") },
            { text: t("state") },
            { text: t("progress"), isFigure: true },
            { text: t("failed"), isFigure: true },
          ]}
        >
          {jobs.map((job) => (
            <JobRow key={job.id} bank={bank} job={job} />
          ))}
        </DataTable>
      </ListFrame>
    </Section>
  );
}

function JobRow({ bank, job }: { readonly bank: string; readonly job: JobView }) {
  const t = useTranslations("jobs");
  const dates = useDates();
  const kind = useJobKind();
  return (
    <tr>
      <td className="num">
        <Link href={`/jobs/${bank}/${job.id}`} className="text-link">
          {dates.exactly(job.createdAt)}
        </Link>
      </td>
      <td>
        {kind(job.kind)}
        {job.label !== "" && <span className="text-muted"> · {job.label}</span>}
      </td>
      <td className="whitespace-nowrap">{t(`states.${job.status}`)}</td>
      <td className="num text-right">
        {t("ofTotal", { done: job.done + job.failed, total: job.total })} ·{" "}
        {t("percent", { n: job.percent })}
      </td>
      <td className={`num text-right ${job.failed > 0 ? "text-negative" : "text-muted"}`}>
        {job.failed}
      </td>
    </tr>
  );
}
