"use client";
import { useTranslations } from "next-intl";
import { BankSwitch, useOneBank } from "../../banks/one-bank.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { JobTable } from "../jobs/job-table.tsx";
import { InterestSimulation } from "./interest-simulation.tsx";
import { Rates } from "./rates.tsx";
import { RunMonth } from "./run-month.tsx";

/** What savings earn and overdrafts cost: simulated, set, posted by the month. */
export function InterestPage() {
  const t = useTranslations("interest");
  const [bank, setBank] = useOneBank();
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader title={t("title")} description={t("description")} />
      <BankSwitch value={bank} onChange={setBank} />
      <InterestSimulation bank={bank} />
      <Rates bank={bank} />
      <RunMonth key={bank} bank={bank} />
      <JobTable bank={bank} title={t("runs")} />
    </div>
  );
}
