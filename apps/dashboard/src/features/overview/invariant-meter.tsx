"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useBanks } from "../../banks/banks.tsx";
import { Icon } from "../../components/icon.tsx";
import { useAge, useNow } from "../../i18n/age.ts";
import { useMoney } from "../../i18n/money.ts";
import type { BankFigures } from "./add-up.ts";

/** Law 1 as each bank tells it: the sum of all its entries, which is zero or something is broken. */
export function InvariantMeter({ figures }: { readonly figures: readonly BankFigures[] }) {
  const t = useTranslations("meter");
  const format = useFormatter();
  const banks = useBanks();
  const known = figures.filter(({ summary }) => summary !== null);
  const broken = known.filter(({ summary }) => summary?.ledgerSumCentavos !== 0);
  const fresh = known.filter(({ isReachable }) => isReachable);
  const verdict =
    broken.length > 0 ? "broken" : fresh.length < figures.length ? "partial" : "whole";
  const fullAt = useLastFull(verdict === "whole" ? figures : null);
  const ink = { whole: "text-positive", partial: "text-caution", broken: "text-negative" };
  return (
    <section aria-labelledby="meter-heading" className="panel flex flex-col px-4 py-3.5">
      <h2 id="meter-heading" className="text-xs text-muted">
        {t("title")}
      </h2>
      <p
        role="status"
        className={`mt-1 flex items-center gap-2 text-lg font-semibold ${ink[verdict]}`}
      >
        <Icon name={verdict === "whole" ? "check" : "warning"} className="size-5" />
        {t(verdict, { n: fresh.length, all: figures.length })}
      </p>
      <ul className="mt-3 flex flex-col divide-y divide-separator">
        {figures.map((figure) => {
          const bank = banks.find(({ id }) => id === figure.bank);
          return (
            bank && (
              <li key={bank.id} className="flex items-center gap-2 py-1.5">
                <BankMark bank={bank} isDimmed={!figure.isReachable} />
                <span className="flex-1 truncate">{bank.name}</span>
                <Sum figure={figure} />
              </li>
            )
          );
        })}
      </ul>
      <p className="mt-auto pt-3 text-xs text-muted">
        {fullAt !== null && (
          <span className="num block font-medium">
            {t("lastFull", { at: format.dateTime(new Date(fullAt), { timeStyle: "medium" }) })}
          </span>
        )}
        {t("note")}
      </p>
    </section>
  );
}

/** When every bank's sum was last known to be zero: the age of the oldest reading then. */
function useLastFull(figures: readonly BankFigures[] | null): number | null {
  const [last, setLast] = useState<number | null>(null);
  const times = figures?.map(({ readAt }) => readAt ?? 0) ?? [];
  const at = times.length === 0 ? null : Math.min(...times);
  useEffect(() => {
    if (at !== null) setLast(at);
  }, [at]);
  return at ?? last;
}

function Sum({ figure }: { readonly figure: BankFigures }) {
  const t = useTranslations("meter");
  const money = useMoney();
  const age = useAge();
  const now = useNow();
  const { summary, readAt, isReachable } = figure;
  if (summary === null || readAt === null) {
    return <span className="text-subtle">{t("unread")}</span>;
  }
  const isWhole = summary.ledgerSumCentavos === 0;
  return (
    <span className="num text-right">
      <span className={isWhole ? "font-medium" : "font-semibold text-negative"}>
        {money(summary.ledgerSumCentavos)}
      </span>
      <span className={`ml-2 text-xs ${isReachable ? "text-subtle" : "text-caution"}`}>
        {t("ago", { age: age(now - readAt) })}
      </span>
    </span>
  );
}
