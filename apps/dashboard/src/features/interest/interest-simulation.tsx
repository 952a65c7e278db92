"use client";
import type { SimulateInterestInput } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { refusalOf } from "../../banks/refusal.ts";
import { Choice } from "../../components/choice.tsx";
import { useDebounced } from "../../components/debounced.ts";
import { Figure, Figures } from "../../components/figures.tsx";
import { MoneyField, readAmount } from "../../components/money-field.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import type { Locale } from "../../i18n/locale.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import {
  InterestTermFields,
  type InterestTerms,
  lastYear,
  readInterestTerms,
} from "./interest-terms.tsx";

const counts = ["anniversary", "actual/365", "actual/360", "30/360", "business/252"] as const;

interface Simulated extends InterestTerms {
  readonly amount: string;
  readonly dayCount: (typeof counts)[number];
}

/** What an amount would bear, as one types; nothing is kept of it. */
export function InterestSimulation({ bank }: { readonly bank: string }) {
  const t = useTranslations("interest");
  const locale = useLocale();
  const [typed, setTyped] = useState<Simulated>(() => ({
    ...lastYear(),
    amount: "",
    dayCount: "anniversary",
  }));
  const change = (next: Partial<Simulated>) => setTyped((before) => ({ ...before, ...next }));
  return (
    <Section title={t("simulation")}>
      <div className="panel flex flex-col gap-4 p-4">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
          <MoneyField
            label={t("amount")}
            text={typed.amount}
            onText={(amount) => change({ amount })}
          />
          <InterestTermFields value={typed} onChange={change} tried={false} />
          <Choice
            label={t("dayCount")}
            value={typed.dayCount}
            onChange={(id) =>
              change({ dayCount: counts.find((count) => count === id) ?? "anniversary" })
            }
            options={counts.map((id) => ({ id, text: t(`dayCounts.${dayCountKey(id)}`) }))}
          />
        </div>
        <Result bank={bank} input={toInput(typed, locale)} />
      </div>
    </Section>
  );
}

const keys = {
  anniversary: "anniversary",
  "actual/365": "actual365",
  "actual/360": "actual360",
  "30/360": "thirty360",
  "business/252": "business252",
} as const;

export function dayCountKey(count: keyof typeof keys) {
  return keys[count];
}

function toInput(typed: Simulated, locale: Locale): SimulateInterestInput | null {
  const amount = readAmount(typed.amount, locale);
  const terms = readInterestTerms(typed);
  if (amount === null || terms === null) return null;
  return {
    ...terms,
    amountCentavos: Number(amount),
    dayCount: typed.dayCount,
    compounding: "compound",
  };
}

function Result(props: { readonly bank: string; readonly input: SimulateInterestInput | null }) {
  const { bank, input } = props;
  const t = useTranslations("interest");
  const money = useMoney();
  const sentence = useRefusalSentence();
  const isReachable = useReachable().has(bank);
  const queries = useBankQueries()(bank);
  const asked = JSON.parse(useDebounced(JSON.stringify(input))) as SimulateInterestInput | null;
  const { data, error } = useQuery(
    queries.interest.simulate.queryOptions(asked ?? ({} as SimulateInterestInput), {
      enabled: asked !== null && isReachable,
      placeholderData: keepPreviousData,
    }),
  );
  const refusal = refusalOf(error);
  if (input === null) return <p className="text-muted">{t("simulationEmpty")}</p>;
  if (refusal !== null) return <Notice tone="negative">{sentence(refusal)}</Notice>;
  if (data === undefined) return null;
  return (
    <Figures label={t("simulation")}>
      <Figure label={t("bears")} note={t("fraction", { fraction: data.yearFraction })}>
        {money(data.interestCentavos)}
      </Figure>
      <Figure label={t("becomes")}>{money(data.totalCentavos)}</Figure>
    </Figures>
  );
}
