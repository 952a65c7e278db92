"use client";
import type { LoanView } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { following } from "../../banks/following.ts";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { Figure, Figures } from "../../components/figures.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { ReportFiles } from "../reports/report-files.tsx";
import { Statement } from "../accounts/statement.tsx";
import { InstallmentTable } from "./installment-table.tsx";
import { LoanState } from "./loan-state.tsx";
import { PayByCheck } from "./pay-by-check.tsx";
import { PayByTransfer } from "./pay-by-transfer.tsx";
import { PayOff } from "./pay-off.tsx";

const REFRESH_MS = 3_000;

/** One loan: what is owed, its schedule, its entries, and the ways to pay it. */
export function LoanDetail(props: { readonly bank: string; readonly number: string }) {
  const t = useTranslations("loans");
  const isReachable = useReachable().has(props.bank);
  const queries = useBankQueries()(props.bank);
  const isNew = useSearchParams().get("made") === "1";
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.loans.get.queryOptions(
      { number: props.number },
      { enabled: isReachable, ...following(REFRESH_MS) },
    ),
  );
  if (data === undefined) {
    return (
      <>
        <PageHeader title={<span className="num">{t("titleOf", { number: props.number })}</span>} />
        <ReadProblem bank={props.bank} error={error} readAt={null} />
        {isLoading && <Skeleton label={t("reading")} rows={6} />}
      </>
    );
  }
  const { loan, installments } = data;
  const next = installments.find(({ dueOn }) => dueOn === loan.nextDueOn);
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader
        title={<span className="num">{t("titleOf", { number: loan.number })}</span>}
        description={<Facts loan={loan} />}
        actions={
          <ReportFiles
            bank={loan.bank}
            report={{ kind: "loan", number: loan.number }}
            formats={["pdf", "csv", "json"]}
            isDisabled={!isReachable}
          />
        }
      />
      {isNew && (
        <Notice tone="positive" announce="soon" title={t("made", { account: loan.disbursedTo })} />
      )}
      <ReadProblem bank={props.bank} error={error} readAt={dataUpdatedAt} />
      <LoanFigures loan={loan} next={next?.paymentCentavos ?? null} />
      {loan.state !== "paid" && (
        <div data-screen-only className="flex flex-wrap items-start gap-2">
          <PayByTransfer loan={loan} next={next?.paymentCentavos ?? null} />
          <PayByCheck loan={loan} next={next?.paymentCentavos ?? null} />
          <PayOff loan={loan} />
        </div>
      )}
      <Section title={t("schedule")}>
        <div className="panel overflow-x-auto">
          <InstallmentTable installments={installments} withState />
        </div>
      </Section>
      <Statement bank={loan.bank} number={loan.number} version={0} />
    </div>
  );
}

function LoanFigures(props: { readonly loan: LoanView; readonly next: number | null }) {
  const { loan, next } = props;
  const t = useTranslations("loans");
  const money = useMoney();
  const dates = useDates();
  return (
    <Figures label={t("figures")}>
      <Figure label={t("debt")} note={t("debtNote", { amount: money(loan.principalCentavos) })}>
        {money(loan.debtCentavos)}
      </Figure>
      <Figure label={t("overdue")} note={t("overdueNote")}>
        <span className={loan.overdueCentavos > 0 ? "text-negative" : ""}>
          {money(loan.overdueCentavos)}
        </span>
      </Figure>
      <Figure
        label={t("nextInstallment")}
        note={
          loan.nextDueOn === null ? t("noNext") : t("dueAt", { day: dates.day(loan.nextDueOn) })
        }
      >
        {next === null ? "—" : money(next)}
      </Figure>
    </Figures>
  );
}

function Facts({ loan }: { readonly loan: LoanView }) {
  const t = useTranslations("loans");
  const dates = useDates();
  const member = useMember(loan.bank);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-medium">
        <LoanState state={loan.state} />
      </span>
      {member && <BankName bank={member} />}
      <span>{loan.borrowers.join(" & ")}</span>
      <span className="num">
        {t(`systems.${loan.system}`)} · {t("perMonth", { rate: dates.rate(loan.monthlyRatePpm) })}
      </span>
      <span className="num">
        {t("lateTerms", {
          rate: dates.rate(loan.lateMonthlyRatePpm),
          penalty: dates.rate(loan.penaltyPpm),
        })}
      </span>
      <span className="num">
        {t("paidOutTo")}{" "}
        <Link href={`/accounts/${loan.bank}/${loan.disbursedTo}`} className="text-link">
          {loan.disbursedTo}
        </Link>{" "}
        {t("paidOutAt", { at: dates.at(loan.createdAt) })}
      </span>
    </span>
  );
}
