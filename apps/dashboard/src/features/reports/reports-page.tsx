"use client";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { BankSwitch, useOneBank } from "../../banks/one-bank.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { DayReport } from "./day-report.tsx";
import { MatchReport } from "./match-report.tsx";
import { Positions } from "./positions.tsx";
import { TrialBalance } from "./trial-balance.tsx";

const views = ["day", "trial-balance", "positions", "match"] as const;

/** A bank's day, its books, its position towards the others, and whether both sides agree. */
export function ReportsPage() {
  const t = useTranslations("reports");
  const [bank, setBank] = useOneBank();
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("day"));
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader title={t("title")} description={t("description")} />
      <div data-screen-only className="flex flex-wrap items-end justify-between gap-4">
        <Segments
          label={t("which")}
          value={view}
          onChange={(id) => void setView(id)}
          options={views.map((id) => ({ id, text: t(`views.${id}`) }))}
        />
        <BankSwitch value={bank} onChange={setBank} />
      </div>
      {view === "day" && <DayReport bank={bank} />}
      {view === "trial-balance" && <TrialBalance bank={bank} />}
      {view === "positions" && <Positions bank={bank} />}
      {view === "match" && <MatchReport bank={bank} />}
    </div>
  );
}
