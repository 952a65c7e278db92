"use client";
import { useTranslations } from "next-intl";
import { BankSwitch, useOneBank } from "../../banks/one-bank.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { JobTable } from "../jobs/job-table.tsx";
import { ImportForm } from "./import-form.tsx";

/** Many transfers from a file, each looked at before any is begun. */
export function ImportPage() {
  const t = useTranslations("imports");
  const [bank, setBank] = useOneBank();
  return (
    <div className="flex flex-col gap-5 [&>:first-child]:mb-0">
      <PageHeader title={t("title")} description={t("description")} />
      <BankSwitch value={bank} onChange={setBank} />
      <ImportForm key={bank} bank={bank} />
      <JobTable bank={bank} title={t("earlier")} />
    </div>
  );
}
