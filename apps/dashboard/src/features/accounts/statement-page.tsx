"use client";
import { Button } from "@heroui/react/button";
import { addDays, parseLocalDate, saoPauloDate } from "@pacto/banking";
import type { StatementInput } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { BankName } from "../../banks/bank-mark.tsx";
import { useMember, useReachable } from "../../banks/banks.tsx";
import { bankClient, useBankQueries } from "../../banks/client.tsx";
import { ReadProblem } from "../../banks/read-problem.tsx";
import { Figure, Figures } from "../../components/figures.tsx";
import { Icon } from "../../components/icon.tsx";
import { readAmount } from "../../components/money-field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDates } from "../../i18n/dates.ts";
import type { Locale } from "../../i18n/locale.ts";
import { useMoney } from "../../i18n/money.ts";
import { ExportWhole } from "../exports/export-whole.tsx";
import { type TypedFilter, useEntryFilter } from "../listings/entry-filter.ts";
import { EntryFilters } from "../listings/entry-filters.tsx";
import { ReportFiles } from "../reports/report-files.tsx";
import { Statement } from "./statement.tsx";

const DAYS_SHOWN = 30;

/** An account's statement over some days: filtered, added up, printed, saved as a file. */
export function StatementPage(props: { readonly bank: string; readonly number: string }) {
  const t = useTranslations("statement");
  const dates = useDates();
  const locale = useLocale();
  const member = useMember(props.bank);
  const filter = useEntryFilter();
  const days = daysOf(filter.typed);
  const isReachable = useReachable().has(props.bank);
  const shown = { ...filter.rested, ...days };
  return (
    <div className="flex flex-col gap-4 [&>:first-child]:mb-0">
      <PageHeader
        title={<span className="num">{t("titleOf", { number: props.number })}</span>}
        description={
          <span className="num flex flex-wrap items-center gap-x-3">
            {member && <BankName bank={member} />}
            <span>{t("days", { from: dates.day(days.from), to: dates.day(days.to) })}</span>
            <Link
              data-screen-only
              href={`/accounts/${props.bank}/${props.number}`}
              className="text-link"
            >
              {t("account")}
            </Link>
          </span>
        }
        actions={
          <>
            <ReportFiles
              bank={props.bank}
              report={{ kind: "statement", number: props.number, ...days }}
              formats={["pdf", "csv", "ofx", "json"]}
              isDisabled={!isReachable}
            />
            <ExportWhole
              bank={props.bank}
              name={`statement:${props.number}:${days.from}:${days.to}`}
              formats={["csv", "ofx", "json", "pdf"]}
              isDisabled={!isReachable}
              request={(format, idempotencyKey) =>
                bankClient(props.bank).exports.statement.mutate({
                  ...{ idempotencyKey, number: props.number, ...days, format, locale },
                })
              }
            />
            <Button size="sm" variant="primary" onPress={() => window.print()}>
              <Icon name="print" />
              {t("print")}
            </Button>
          </>
        }
      />
      <EntryFilters
        typed={{ ...filter.typed, ...days }}
        onChange={filter.change}
        withNumber={false}
      />
      <Totals bank={props.bank} number={props.number} from={days.from} to={days.to} />
      <Statement
        bank={props.bank}
        number={props.number}
        version={0}
        filter={toStatementFilter(shown, locale)}
      />
    </div>
  );
}

/** The days asked for, or the last thirty. */
function daysOf({ from, to }: TypedFilter): { readonly from: string; readonly to: string } {
  const today = saoPauloDate(new Date());
  const last = parseLocalDate(to) ?? today;
  const first = parseLocalDate(from) ?? addDays(last, -DAYS_SHOWN);
  return first <= last ? { from: first, to: last } : { from: last, to: last };
}

function toStatementFilter(
  typed: TypedFilter,
  locale: Locale,
): Omit<StatementInput, "number" | "limit" | "cursor"> {
  const least = readAmount(typed.least, locale);
  const most = readAmount(typed.most, locale);
  const text = typed.text.trim();
  return {
    from: typed.from,
    to: typed.to,
    ...(typed.kind === "" ? {} : { kind: typed.kind as NonNullable<StatementInput["kind"]> }),
    ...(least === null ? {} : { minimumCentavos: Number(least) }),
    ...(most === null ? {} : { maximumCentavos: Number(most) }),
    ...(text === "" ? {} : { text }),
  };
}

/** Opening + credits + debits = closing, as the ledger has it: of all entries of the days. */
function Totals(props: {
  readonly bank: string;
  readonly number: string;
  readonly from: string;
  readonly to: string;
}) {
  const { bank, number, from, to } = props;
  const t = useTranslations("statement");
  const money = useMoney();
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const { data, error, dataUpdatedAt } = useQuery(
    queries.reports.account.queryOptions(
      { number, from, to },
      { enabled: isReachable, placeholderData: keepPreviousData },
    ),
  );
  return (
    <>
      <ReadProblem bank={bank} error={error} readAt={data === undefined ? null : dataUpdatedAt} />
      {data !== undefined && (
        <Figures label={t("totals")}>
          <Figure label={t("opening")}>{money(data.openingCentavos)}</Figure>
          <Figure label={t("credits")}>
            <span className="text-positive">+{money(data.creditsCentavos)}</span>
          </Figure>
          <Figure label={t("debits")}>{money(data.debitsCentavos)}</Figure>
          <Figure label={t("closing")} note={t("entries", { n: data.entries })}>
            {money(data.closingCentavos)}
          </Figure>
        </Figures>
      )}
    </>
  );
}
