"use client";
import { saoPauloDate } from "@pacto/banking";
import type { InterestKind } from "@pacto/contract";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ActionDialog } from "../../banks/action-dialog.tsx";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Section } from "../../components/section.tsx";
import { Segments } from "../../components/segments.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { useDates } from "../../i18n/dates.ts";
import { readPpm } from "../../i18n/rate.ts";
import { dayCountKey } from "./interest-simulation.tsx";

/** What holds from which day on, newest first. */
export function Rates({ bank }: { readonly bank: string }) {
  const t = useTranslations("interest");
  const dates = useDates();
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data, error, dataUpdatedAt } = useQuery(
    queries.interest.rates.queryOptions(undefined, { enabled: isReachable && bank !== "" }),
  );
  const today = saoPauloDate(new Date());
  return (
    <Section title={t("rates")} actions={<SetRate key={bank} bank={bank} />}>
      <div className="flex flex-col gap-3">
        <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
        {data?.rates.length === 0 && (
          <div className="panel px-4 py-10 text-center text-muted">{t("noRates")}</div>
        )}
        {data !== undefined && data.rates.length > 0 && (
          <div className="panel overflow-x-auto">
            <DataTable
              caption={t("rates")}
              columns={[
                { text: t("kind") },
                { text: t("since") },
                { text: t("rate"), isFigure: true },
                { text: t("dayCount"), isWide: true },
                { text: t("setBy"), isWide: true },
              ]}
            >
              {data.rates.map((rate) => (
                <tr key={`${rate.kind}/${rate.since}`}>
                  <td>{t(`kinds.${rate.kind}`)}</td>
                  <td className="num">
                    {dates.day(rate.since)}
                    {rate.since > today && <span className="text-muted"> · {t("future")}</span>}
                  </td>
                  <td className="num text-right font-medium">{dates.rate(rate.yearlyRatePpm)}</td>
                  <td className="max-md:hidden">{t(`dayCounts.${dayCountKey(rate.dayCount)}`)}</td>
                  <td className="num text-muted max-md:hidden">{rate.setBy}</td>
                </tr>
              ))}
            </DataTable>
          </div>
        )}
      </div>
    </Section>
  );
}

interface RateDraft {
  readonly kind: InterestKind;
  readonly rate: string;
  readonly since: string;
}

function SetRate({ bank }: { readonly bank: string }) {
  const t = useTranslations("interest");
  return (
    <ActionDialog<RateDraft, unknown>
      name={`interest-rate:${bank}`}
      bank={bank}
      initial={{ kind: "savings", rate: "", since: saoPauloDate(new Date()) }}
      label={t("setRate")}
      title={t("setRate")}
      confirmText={t("doSetRate")}
      isComplete={({ rate, since }) => (readPpm(rate) ?? 0) > 0 && since !== ""}
      request={({ kind, rate, since }, idempotencyKey) =>
        bankClient(bank).interest.setRate.mutate({
          idempotencyKey,
          kind,
          since,
          yearlyRatePpm: readPpm(rate) ?? 0,
        })
      }
    >
      {({ value, change, tried }) => (
        <div className="flex flex-col gap-4">
          <Segments
            label={t("kind")}
            value={value.kind}
            onChange={(kind) => change({ kind })}
            options={(["savings", "overdraft"] as const).map((id) => ({
              id,
              text: t(`kinds.${id}`),
            }))}
          />
          <TextInput
            label={t("rate")}
            value={value.rate}
            onChange={(rate) => change({ rate })}
            problem={tried && (readPpm(value.rate) ?? 0) === 0 ? t("rateWrong") : null}
            isRequired
            maxLength={10}
            input={{ inputMode: "decimal", className: "num text-right" }}
          />
          <TextInput
            label={t("since")}
            value={value.since}
            onChange={(since) => change({ since })}
            hint={t("sinceHint")}
            isRequired
            input={{ type: "date", className: "num" }}
          />
        </div>
      )}
    </ActionDialog>
  );
}
