"use client";
import { parseLocalDate, saoPauloDate, saoPauloInstant, addDays } from "@pacto/banking";
import type { AccountView } from "@pacto/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useReachable } from "../../banks/banks.tsx";
import { useBankQueries } from "../../banks/client.tsx";
import { refusalOf } from "../../banks/refusal.ts";
import { Section } from "../../components/section.tsx";
import { useDates } from "../../i18n/dates.ts";
import { useMoney } from "../../i18n/money.ts";
import { useRefusalSentence } from "../../i18n/refusal.ts";

const DAY_MS = 86_400_000;

/** The balances at the end of any day since the account was opened, by slider or by date. */
export function BalanceAt({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.balanceAt");
  const money = useMoney();
  const dates = useDates();
  const sentence = useRefusalSentence();
  const today = saoPauloDate(new Date());
  const opened = saoPauloDate(new Date(account.openedAt));
  const [asked, setAsked] = useQueryState("on", parseAsString);
  const day = parseLocalDate(asked ?? "") ?? today;
  const isReachable = useReachable().has(account.bank);
  const end = new Date(saoPauloInstant(addDays(day, 1)).getTime() - 1);
  const at = day >= today ? null : end.toISOString();
  const queries = useBankQueries()(account.bank);
  const { data, error } = useQuery(
    queries.accounts.balanceAt.queryOptions(
      { number: account.number, at: at ?? "" },
      { enabled: isReachable && at !== null, placeholderData: keepPreviousData },
    ),
  );
  const days = Math.round((Date.parse(today) - Date.parse(opened)) / DAY_MS);
  const chosen = Math.round((Date.parse(day) - Date.parse(opened)) / DAY_MS);
  const shown = at === null ? account : data;
  const refusal = refusalOf(error);
  return (
    <Section title={t("title")}>
      <div className="panel flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3">
        <input
          type="date"
          aria-label={t("day")}
          value={day}
          min={opened}
          max={today}
          onChange={(event) => void setAsked(event.target.value || null)}
          className="num input input--primary"
        />
        {days > 0 && (
          <input
            type="range"
            aria-label={t("slider")}
            aria-valuetext={dates.day(day)}
            min={0}
            max={days}
            value={chosen}
            onChange={(event) => void setAsked(addDays(opened, Number(event.target.value)))}
            className="min-w-40 flex-1 accent-accent"
          />
        )}
        <p role="status" className="num flex flex-wrap gap-x-5 gap-y-1">
          {refusal !== null && <span className="text-negative">{sentence(refusal)}</span>}
          {refusal === null && shown !== undefined && (
            <>
              <span>
                <span className="text-muted">{t("ledger")} </span>
                <strong className="font-semibold">{money(shown.ledgerCentavos)}</strong>
              </span>
              <span className="text-muted">{t("held", { amount: money(shown.heldCentavos) })}</span>
              <span className="text-muted">
                {t("incoming", { amount: money(shown.incomingCentavos) })}
              </span>
            </>
          )}
        </p>
      </div>
    </Section>
  );
}
