"use client";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BankMark } from "../../banks/bank-mark.tsx";
import { BankStateDot } from "../../banks/bank-state-dot.tsx";
import type { Bank } from "../../banks/banks.tsx";
import { clockOffMs } from "../../banks/clock-off.ts";
import { offlineKey } from "../../banks/health.ts";
import { useAge, useNow } from "../../i18n/age.ts";
import { useMoney } from "../../i18n/money.ts";
import type { BankFigures } from "./add-up.ts";

/** One bank: how it is now, and its books; those of a bank that is away carry their age. */
export function BankCard(props: { readonly bank: Bank; readonly figures: BankFigures }) {
  const { bank, figures } = props;
  const t = useTranslations("overview");
  const isOffline = bank.health.state === "offline";
  return (
    <li className="panel flex flex-col px-4 py-3" aria-labelledby={`bank-${bank.id}`}>
      <div className="flex items-center gap-2.5">
        <BankMark bank={bank} size="md" isDimmed={isOffline} />
        <div className="min-w-0">
          <h3 id={`bank-${bank.id}`} className="truncate font-semibold">
            {bank.name}
          </h3>
          <StateLine bank={bank} />
        </div>
      </div>
      <BooksAge bank={bank} figures={figures} />
      {figures.summary === null ? (
        <p className="mt-3 text-muted">{isOffline ? t("nothingKnown") : t("reading")}</p>
      ) : (
        <Books bank={bank} figures={figures} />
      )}
    </li>
  );
}

function StateLine({ bank }: { readonly bank: Bank }) {
  const t = useTranslations("bankState");
  const age = useAge();
  const now = useNow();
  const format = useFormatter();
  const { state, since, latencyMs } = bank.health;
  const off = clockOffMs(bank.health);
  return (
    <p className="num flex items-center gap-1.5 text-xs text-muted">
      <BankStateDot state={state} />
      {state === "offline" ? t(offlineKey(bank.health), { age: age(now - since) }) : t(state)}
      {latencyMs !== null && <span>· {t("latency", { ms: Math.round(latencyMs) })}</span>}
      {latencyMs !== null && off !== null && (
        <span>· {t("clock", { ms: format.number(off, { signDisplay: "exceptZero" }) })}</span>
      )}
    </p>
  );
}

function BooksAge({ bank, figures }: { readonly bank: Bank; readonly figures: BankFigures }) {
  const t = useTranslations("overview");
  const age = useAge();
  const now = useNow();
  if (figures.isReachable || figures.readAt === null) return null;
  if (bank.health.state === "unknown") return null;
  return (
    <p className="mt-2 rounded bg-caution/10 px-2 py-1 text-xs text-caution">
      {t("asOf", { age: age(now - figures.readAt) })}
    </p>
  );
}

function Books({ bank, figures }: { readonly bank: Bank; readonly figures: BankFigures }) {
  const t = useTranslations("overview");
  const money = useMoney();
  const format = useFormatter();
  const { summary } = figures;
  if (summary === null) return null;
  const isWhole = summary.ledgerSumCentavos === 0;
  return (
    <dl
      className={`mt-3 grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 ${figures.isReachable ? "" : "opacity-75"}`}
    >
      <Row label={t("balances")}>{money(summary.customersCentavos)}</Row>
      <Row label={t("position")}>{money(summary.clearingCentavos)}</Row>
      <Row label={t("held")}>{money(summary.heldCentavos)}</Row>
      <Row label={t("incoming")}>{money(summary.incomingCentavos)}</Row>
      <Row label={t("inDoubtHere")}>
        <InDoubt bank={bank} />
      </Row>
      <Row label={t("clientsAndAccounts")}>
        {format.number(summary.clients)} / {format.number(summary.accounts)}
      </Row>
      <Row label={t("books")}>
        <span className={isWhole ? "text-positive" : "font-semibold text-negative"}>
          {isWhole
            ? t("booksWhole")
            : t("booksBroken", { amount: money(summary.ledgerSumCentavos) })}
        </span>
      </Row>
    </dl>
  );
}

function InDoubt({ bank }: { readonly bank: Bank }) {
  const t = useTranslations("overview");
  const age = useAge();
  const { status } = bank.health;
  if (status === null || status.inDoubt === 0) return "0";
  return (
    <span className="font-medium text-caution">
      {t("inDoubtAge", { n: status.inDoubt, age: age(status.oldestInDoubtMs) })}
    </span>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="num text-right">{children}</dd>
    </>
  );
}
