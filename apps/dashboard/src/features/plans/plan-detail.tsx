"use client";
import type { OccurrenceView, PlanView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { AskApproval } from "../../banks/ask-approval.tsx";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { SidesTable } from "../transfers/sides-table.tsx";
import { planTotal } from "./plan-route.tsx";

const REFRESH_MS = 5_000;

/** One plan: what moves, how often, and what became of every time so far. */
export function PlanDetail(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("plans");
  const transfer = useTranslations("transfer");
  const money = useMoney();
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const isNew = useSearchParams().get("made") === "1";
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.plans.get.queryOptions(
      { id: props.id },
      { enabled: isReachable, ...following(REFRESH_MS) },
    ),
  );
  const plan = data?.plan;
  if (plan === undefined) {
    return (
      <>
        <PageHeader title={t("pageTitle")} />
        <ReadProblem bank={props.bank} error={error} readAt={null} />
        {isLoading && <Skeleton label={t("reading")} rows={5} />}
      </>
    );
  }
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader
        title={t("titleOf", { amount: money(planTotal(plan.transfer)) })}
        description={<Facts bank={props.bank} plan={plan} />}
        actions={plan.status === "active" && <CancelPlan bank={props.bank} id={plan.id} />}
      />
      {isNew && <Notice tone="positive" announce="soon" title={t("made")} />}
      <ReadProblem bank={props.bank} error={error} readAt={dataUpdatedAt} />
      <div className="grid gap-5 lg:grid-cols-2">
        <SidesTable title={transfer("from")} sides={plan.transfer.from} />
        <SidesTable title={transfer("to")} sides={plan.transfer.to} />
      </div>
      <Happenings bank={props.bank} plan={plan} />
    </div>
  );
}

function Facts(props: { readonly bank: string; readonly plan: PlanView }) {
  const { plan } = props;
  const t = useTranslations("plans");
  const schedule = useTranslations("schedule");
  const dates = useDates();
  const member = useMember(props.bank);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-medium">{t(`statuses.${plan.status}`)}</span>
      {member && <BankName bank={member} />}
      <span>
        {schedule(`every.${plan.every}`)}
        {plan.every !== "once" &&
          ` · ${plan.occurrences === null ? t("untilCancelled") : t("times", { n: plan.occurrences })}`}
      </span>
      <span className="num">{t("firstAt", { at: dates.at(plan.firstAt) })}</span>
      <span className="num">{t("retried", { n: plan.retryMinutes })}</span>
      {plan.transfer.purpose !== "" && <span>{plan.transfer.purpose}</span>}
    </span>
  );
}

const inks: Record<OccurrenceView["status"], string> = {
  waiting: "text-muted",
  done: "text-positive",
  failed: "text-negative",
  cancelled: "text-muted",
};

function Happenings(props: { readonly bank: string; readonly plan: PlanView }) {
  const { happenings, transfer } = props.plan;
  const t = useTranslations("plans");
  const dates = useDates();
  const sentence = useRefusalSentence();
  return (
    <Section title={t("happenings")}>
      {happenings.length === 0 ? (
        <div className="panel px-4 py-10 text-center text-muted">{t("noHappenings")}</div>
      ) : (
        <div className="panel overflow-x-auto">
          <DataTable
            caption={t("happenings")}
            columns={[
              { text: t("number"), isFigure: true },
              { text: t("dueAt") },
              { text: t("status") },
              { text: t("outcome") },
            ]}
          >
            {happenings.map((each) => (
              <tr key={each.number}>
                <td className="num w-12 text-right text-muted">{each.number}</td>
                <td className="num">{dates.at(each.dueAt)}</td>
                <td className={`whitespace-nowrap ${inks[each.status]}`}>
                  {t(`happeningStatuses.${each.status}`)}
                  {each.attempt > 1 && ` · ${t("attempts", { n: each.attempt })}`}
                </td>
                <td>
                  {each.transferId !== null && (
                    <Link
                      href={`/transfers/${props.bank}/${each.transferId}`}
                      className="text-link"
                    >
                      {t("seeTransfer")}
                    </Link>
                  )}
                  {each.refusal !== null && (
                    <span className="text-muted"> {sentence(each.refusal)}</span>
                  )}
                  {/* Not while it is tried again: it would be paid twice. */}
                  {each.status === "failed" && (
                    <AskApproval
                      bank={props.bank}
                      refusal={each.refusal}
                      request={{ kind: "transfers.create", payload: transfer }}
                    />
                  )}
                </td>
              </tr>
            ))}
          </DataTable>
        </div>
      )}
    </Section>
  );
}

const nothing = {};

function CancelPlan(props: { readonly bank: string; readonly id: string }) {
  const t = useTranslations("plans");
  return (
    <ActionDialog
      name={`plan-cancel:${props.bank}:${props.id}`}
      bank={props.bank}
      initial={nothing}
      size="md"
      label={t("cancel")}
      title={t("cancelTitle")}
      confirmText={t("doCancel")}
      request={(_, idempotencyKey) =>
        bankClient(props.bank).plans.cancel.mutate({ idempotencyKey, id: props.id })
      }
    >
      {() => <p className="text-muted">{t("cancelNote")}</p>}
    </ActionDialog>
  );
}
