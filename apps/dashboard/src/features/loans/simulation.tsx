"use client";
import type { SimulateLoanInput, SimulateLoanOutput } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { refusalOf } from "../../banks/refusal.ts";
import { useDebounced } from "../../components/debounced.ts";
import { Figure, Figures } from "../../components/figures.tsx";
import { Notice } from "../../components/notice.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { InstallmentTable } from "./installment-table.tsx";

/** What the loan would cost, as one types; every bank reckons alike, so any that answers is asked. */
export function Simulation(props: {
  readonly bank: string;
  readonly terms: SimulateLoanInput | null;
}) {
  const t = useTranslations("loans");
  const sentence = useRefusalSentence();
  const reachable = useReachable();
  const queries = useBankQueries();
  const bank = reachable.has(props.bank) ? props.bank : ([...reachable][0] ?? "");
  const text = useDebounced(JSON.stringify(props.terms), 250);
  const asked = JSON.parse(text) as SimulateLoanInput | null;
  const { data, error } = useQuery(
    queries(bank).loans.simulate.queryOptions(asked ?? ({} as SimulateLoanInput), {
      enabled: asked !== null && bank !== "",
      placeholderData: keepPreviousData,
    }),
  );
  if (props.terms === null) {
    return (
      <div className="panel px-4 py-14 text-center text-muted">
        <p className="mx-auto max-w-xs">{t("simulationEmpty")}</p>
      </div>
    );
  }
  const refusal = refusalOf(error);
  if (refusal !== null) return <Notice tone="negative">{sentence(refusal)}</Notice>;
  if (data === undefined) {
    return (
      <div className="panel p-3">
        <Skeleton label={t("simulating")} rows={8} />
      </div>
    );
  }
  return <SimulationResult simulation={data} />;
}

function SimulationResult(props: { readonly simulation: SimulateLoanOutput }) {
  const { simulation: data } = props;
  const t = useTranslations("loans");
  const money = useMoney();
  const dates = useDates();
  const first = data.installments[0];
  const last = data.installments.at(-1);
  const isLevel = first?.paymentCentavos === data.installments[1]?.paymentCentavos;
  return (
    <div className="flex min-w-0 flex-col gap-3" role="group" aria-label={t("simulation")}>
      <Figures label={t("simulation")}>
        <Figure
          label={t("installment")}
          note={
            isLevel || last === undefined
              ? t("installmentNote", { n: data.installments.length })
              : t("installmentFalls", { last: money(last.paymentCentavos) })
          }
        >
          {money(first?.paymentCentavos ?? 0)}
        </Figure>
        <Figure
          label={t("totalInterest")}
          note={t("perMonth", { rate: dates.rate(data.monthlyRatePpm) })}
        >
          {money(data.totalInterestCentavos)}
        </Figure>
        <Figure label={t("totalPaid")}>{money(data.totalPaidCentavos)}</Figure>
      </Figures>
      <div
        className="panel max-h-[34rem] overflow-auto"
        // It scrolls: the keyboard must reach it.
        tabIndex={0}
        role="region"
        aria-label={t("schedule")}
      >
        <InstallmentTable installments={data.installments} withState={false} />
      </div>
    </div>
  );
}
