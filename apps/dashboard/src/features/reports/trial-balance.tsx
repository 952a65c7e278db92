"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { ReportFiles } from "./report-files.tsx";

const DRAWER = "drawer:";

/** All balances of the books; both columns come to the same, or operations are told. */
export function TrialBalance({ bank }: { readonly bank: string }) {
  const t = useTranslations("reports");
  const names = useTranslations("reports.books");
  const money = useMoney();
  const dates = useDates();
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data, error, isLoading, dataUpdatedAt } = useQuery(
    queries.reports.trialBalance.queryOptions({}, { enabled: isReachable && bank !== "" }),
  );
  function name(account: string): string {
    if (account.startsWith(DRAWER)) return t("drawerOf", { teller: account.slice(DRAWER.length) });
    const key = account as Parameters<typeof names>[0];
    return names.has(key) ? names(key) : account;
  }
  return (
    <Section
      title={t("views.trial-balance")}
      note={data === undefined ? undefined : t("asOf", { at: dates.exactly(data.at) })}
      actions={
        <ReportFiles
          bank={bank}
          report={{ kind: "trial-balance" }}
          formats={["pdf", "csv", "json"]}
          isDisabled={!isReachable}
        />
      }
    >
      <div className="flex flex-col gap-3">
        <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
        {isLoading && <Skeleton label={t("reading")} rows={8} />}
        {data !== undefined && data.debitCentavos !== data.creditCentavos && (
          <Notice tone="negative" title={t("unbalanced")} />
        )}
        {data !== undefined && (
          <div className="panel overflow-x-auto">
            <DataTable
              caption={t("views.trial-balance")}
              columns={[
                { text: t("account") },
                { text: t("accounts"), isFigure: true },
                { text: t("debit"), isFigure: true },
                { text: t("credit"), isFigure: true },
              ]}
            >
              {data.lines.map((line) => (
                <tr key={line.account}>
                  <td>{name(line.account)}</td>
                  <td className="num text-right text-muted">{line.accounts}</td>
                  <td className="num text-right">
                    {line.debitCentavos === 0 ? "" : money(line.debitCentavos)}
                  </td>
                  <td className="num text-right">
                    {line.creditCentavos === 0 ? "" : money(line.creditCentavos)}
                  </td>
                </tr>
              ))}
              <tr className="font-semibold">
                <td>{t("total")}</td>
                <td />
                <td className="num text-right">{money(data.debitCentavos)}</td>
                <td className="num text-right">{money(data.creditCentavos)}</td>
              </tr>
            </DataTable>
          </div>
        )}
      </div>
    </Section>
  );
}
