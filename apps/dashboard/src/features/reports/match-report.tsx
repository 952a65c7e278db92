"use client";
import type { MatchLine } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMembers, useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Figure, Figures } from "../../components/figures.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { DayChoice, useReportDay } from "./day-choice.tsx";
import { ReportFiles } from "./report-files.tsx";

/** Both banks' views of each transaction of a day: what does not match comes first. */
export function MatchReport({ bank }: { readonly bank: string }) {
  const t = useTranslations("reports");
  const dates = useDates();
  const [on, setOn] = useReportDay();
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.reports.match.queryOptions(
      { on },
      { enabled: isReachable && bank !== "", placeholderData: keepPreviousData },
    ),
  );
  return (
    <Section
      title={t("matchOf", { day: dates.day(on) })}
      note={t("matchNote")}
      actions={
        <>
          <DayChoice value={on} onChange={setOn} />
          <ReportFiles
            bank={bank}
            report={{ kind: "match", on }}
            formats={["pdf", "csv", "json"]}
            isDisabled={!isReachable}
          />
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
        {isLoading && <Skeleton label={t("reading")} rows={5} />}
        {data !== undefined && (
          <>
            <Notice
              tone={data.unmatched > 0 ? "negative" : data.unknown > 0 ? "caution" : "positive"}
              title={t(
                data.unmatched > 0
                  ? "someUnmatched"
                  : data.unknown > 0
                    ? "someUnknown"
                    : "allMatched",
                { n: data.unmatched > 0 ? data.unmatched : data.unknown },
              )}
            />
            <Figures label={t("views.match")}>
              <Figure label={t("unmatched")}>{data.unmatched}</Figure>
              <Figure label={t("matched")}>{data.matched}</Figure>
              <Figure label={t("open")}>{data.open}</Figure>
              <Figure label={t("unknown")}>{data.unknown}</Figure>
            </Figures>
            {data.lines.length > 0 && <MatchTable bank={bank} lines={data.lines} />}
          </>
        )}
      </div>
    </Section>
  );
}

const inks: Record<MatchLine["result"], string> = {
  matched: "text-positive",
  open: "text-muted",
  unknown: "text-caution",
  "missing-here": "text-negative",
  "missing-there": "text-negative",
  "amounts-differ": "text-negative",
  "outcomes-differ": "text-negative",
};

function MatchTable(props: { readonly bank: string; readonly lines: readonly MatchLine[] }) {
  const t = useTranslations("reports");
  const money = useMoney();
  const dates = useDates();
  const members = useMembers();
  return (
    <div className="panel overflow-x-auto">
      <DataTable
        caption={t("views.match")}
        columns={[
          { text: t("at") },
          { text: t("otherBank") },
          { text: t("result") },
          { text: t("here"), isFigure: true },
          { text: t("there"), isFigure: true },
        ]}
      >
        {props.lines.map((line) => {
          const member = members.find(({ id }) => id === line.bank);
          return (
            <tr key={`${line.transactionId}/${line.bank}`}>
              <td className="num">
                <Link href={`/transfers/${props.bank}/${line.transactionId}`} className="text-link">
                  {dates.exactly(line.at)}
                </Link>
              </td>
              <td>{member && <BankName bank={member} />}</td>
              <td className={`whitespace-nowrap ${inks[line.result]}`}>
                {t(`results.${line.result}`)}
              </td>
              <td className="num text-right">{money(line.here.postedCentavos)}</td>
              <td className="num text-right">
                {line.there === null ? "—" : money(line.there.postedCentavos)}
              </td>
            </tr>
          );
        })}
      </DataTable>
    </div>
  );
}
