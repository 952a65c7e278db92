"use client";
import { useTranslations } from "next-intl";
import { PageHeader } from "../../components/page-header.tsx";
import { ChainPanel } from "./chain-panel.tsx";
import { EventList } from "./event-list.tsx";

/** For the auditor: whether every bank's history still says what it said, and what was done. */
export function AuditDesk() {
  const t = useTranslations("audit");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <ChainPanel />
      <EventList />
    </>
  );
}
