"use client";
import type { JobItemView, JobView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Figure, Figures } from "../../components/figures.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { FetchExport } from "../exports/fetch-export.tsx";
import { useJobKind } from "./job-kind.ts";
import { ProgressBar } from "./progress-bar.tsx";

const LIVE_MS = 1_000;

/** Long work followed while it runs; its address is all that is needed to find it again. */
export function JobDetail(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("jobs");
  const kind = useJobKind();
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.jobs.get.queryOptions(
      { id: props.id },
      {
        enabled: isReachable,
        ...following(LIVE_MS),
      },
    ),
  );
  if (data === undefined) {
    return (
      <>
        <PageHeader title={t("pageTitle")} />
        <ReadProblem bank={props.bank} error={error} readAt={null} />
        {isLoading && <Skeleton label={t("reading")} rows={5} />}
      </>
    );
  }
  const { job, items } = data;
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader
        title={job.label === "" ? kind(job.kind) : job.label}
        description={<Facts bank={props.bank} job={job} kind={kind(job.kind)} />}
        actions={job.status === "running" && <CancelJob bank={props.bank} id={job.id} />}
      />
      <ReadProblem bank={props.bank} error={error} readAt={dataUpdatedAt} />
      <section aria-label={t("progress")} className="panel flex flex-col gap-2 px-4 py-4">
        <p role="status" className="font-medium">
          {t(`standing.${job.status}`)}
        </p>
        <ProgressBar label={t("progress")} percent={job.percent} />
        {isExport(job) && job.status === "done" && job.failed === 0 && (
          <FetchExport bank={props.bank} job={job} />
        )}
      </section>
      <Figures label={t("counts")}>
        <Figure label={t("total")}>{job.total}</Figure>
        <Figure label={t("done")}>{job.done}</Figure>
        <Figure label={t("failed")}>
          <span className={job.failed > 0 ? "text-negative" : ""}>{job.failed}</span>
        </Figure>
      </Figures>
      <Items bank={props.bank} job={job} items={items} />
    </div>
  );
}

function Facts(props: { readonly bank: string; readonly job: JobView; readonly kind: string }) {
  const { job } = props;
  const t = useTranslations("jobs");
  const dates = useDates();
  const member = useMember(props.bank);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {member && <BankName bank={member} />}
      <span>{props.kind}</span>
      <span>{t("by", { who: job.createdBy })}</span>
      <span className="num">{t("startedAt", { at: dates.exactly(job.createdAt) })}</span>
      {job.endedAt !== null && (
        <span className="num">{t("endedAt", { at: dates.exactly(job.endedAt) })}</span>
      )}
    </span>
  );
}

const inks: Record<JobItemView["status"], string> = {
  waiting: "text-muted",
  done: "text-positive",
  failed: "text-negative",
};

/** Each line of the work; what failed comes first, with why. */
function Items(props: {
  readonly bank: string;
  readonly job: JobView;
  readonly items: readonly JobItemView[];
}) {
  const t = useTranslations("jobs");
  const sentence = useRefusalSentence();
  const rank = ({ status }: JobItemView) => (status === "failed" ? 0 : 1);
  const items = props.items.toSorted(
    (one, other) => rank(one) - rank(other) || one.position - other.position,
  );
  if (items.length === 0) return null;
  return (
    <Section title={t("items")}>
      <div className="panel overflow-x-auto">
        <DataTable
          caption={t("items")}
          columns={[
            { text: t("line"), isFigure: true },
            { text: t("state") },
            { text: t("outcome") },
          ]}
        >
          {items.map((item) => (
            <tr key={item.position}>
              <td className="num w-16 text-right text-muted">{item.position}</td>
              <td className={`whitespace-nowrap ${inks[item.status]}`}>
                {t(`itemStates.${item.status}`)}
              </td>
              <td>
                {item.subject !== null && (
                  <Outcome bank={props.bank} job={props.job} subject={item.subject} />
                )}
                {item.refusal !== null && (
                  <span className="text-muted"> {sentence(item.refusal)}</span>
                )}
                {item.transfer !== null && (
                  <AskApproval
                    bank={props.bank}
                    refusal={item.refusal}
                    request={{ kind: "transfers.create", payload: item.transfer }}
                  />
                )}
              </td>
            </tr>
          ))}
        </DataTable>
      </div>
    </Section>
  );
}

/** What an item has come to: a transfer, an account, or so many lines of a file. */
function Outcome(props: {
  readonly bank: string;
  readonly job: JobView;
  readonly subject: string;
}) {
  const { bank, job, subject } = props;
  const t = useTranslations("jobs");
  if (job.kind === "transfers.import") {
    return (
      <Link href={`/transfers/${bank}/${subject}`} className="text-link">
        {t("seeTransfer")}
      </Link>
    );
  }
  return (
    <span className="num">
      {isExport(job) ? t("linesWritten", { n: Number(subject) }) : subject}
    </span>
  );
}

function isExport({ kind }: JobView): boolean {
  return kind.startsWith("exports.");
}

const nothing = {};

function CancelJob(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("jobs");
  return (
    <ActionDialog
      name={`job-cancel:${props.bank}:${props.id}`}
      bank={props.bank}
      initial={nothing}
      size="md"
      label={t("cancel")}
      title={t("cancelTitle")}
      confirmText={t("doCancel")}
      request={(_, idempotencyKey) =>
        bankClient(props.bank).jobs.cancel.mutate({ idempotencyKey, id: props.id })
      }
    >
      {() => <p className="text-muted">{t("cancelNote")}</p>}
    </ActionDialog>
  );
}
