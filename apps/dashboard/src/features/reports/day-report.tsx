"use client";
import type { DayReport as DayReportView } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Figure, Figures } from "../../components/figures.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { usePostingKind } from "../accounts/posting-kind.ts";
import { DayChoice, useReportDay } from "./day-choice.tsx";
import { ReportFiles } from "./report-files.tsx";

/** One day of the whole bank. */
export function DayReport({ bank }: { readonly bank: string }) {
  const t = useTranslations("reports");
  const dates = useDates();
  const [on, setOn] = useReportDay();
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.reports.day.queryOptions(
      { on },
      { enabled: isReachable && bank !== "", placeholderData: keepPreviousData },
    ),
  );
  return (
    <Section
      title={t("dayOf", { day: dates.day(on) })}
      actions={
        <>
          <DayChoice value={on} onChange={setOn} />
          <ReportFiles
            bank={bank}
            report={{ kind: "day", on }}
            formats={["pdf", "csv", "json"]}
            isDisabled={!isReachable}
          />
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
        {isLoading && <Skeleton label={t("reading")} rows={5} />}
        {data !== undefined && <DayFigures day={data} />}
        {data !== undefined && <KindTable day={data} />}
      </div>
    </Section>
  );
}

function DayFigures({ day }: { readonly day: DayReportView }) {
  const t = useTranslations("reports");
  const money = useMoney();
  return (
    <>
      <Figures label={t("balances")}>
        <Figure label={t("customersOpening")}>{money(day.customersOpeningCentavos)}</Figure>
        <Figure label={t("customersClosing")}>{money(day.customersClosingCentavos)}</Figure>
        <Figure label={t("cash")} note={t("cashNote")}>
          {money(day.cashCentavos)}
        </Figure>
        <Figure label={t("clearing")} note={t("clearingNote")}>
          {money(day.clearingCentavos)}
        </Figure>
      </Figures>
      <Figures label={t("activity")}>
        <Figure label={t("postings")}>{day.postings}</Figure>
        <Figure label={t("accountsOpened")}>{day.accountsOpened}</Figure>
        <Figure label={t("clientsRegistered")}>{day.clientsRegistered}</Figure>
      </Figures>
    </>
  );
}

function KindTable({ day }: { readonly day: DayReportView }) {
  const t = useTranslations("reports");
  const money = useMoney();
  const kind = usePostingKind();
  if (day.byKind.length === 0) {
    return <div className="panel px-4 py-10 text-center text-muted">{t("nothingThatDay")}</div>;
  }
  return (
    <div className="panel overflow-x-auto">
      <DataTable
        caption={t("byKind")}
        columns={[
          { text: t("kind") },
          { text: t("count"), isFigure: true },
          { text: t("credits"), isFigure: true },
          { text: t("debits"), isFigure: true },
        ]}
      >
        {day.byKind.map((line) => (
          <tr key={line.kind}>
            <td>{kind(line.kind)}</td>
            <td className="num text-right">{line.count}</td>
            <td className="num text-right">{money(line.creditsCentavos)}</td>
            <td className="num text-right">{money(line.debitsCentavos)}</td>
          </tr>
        ))}
      </DataTable>
    </div>
  );
}
