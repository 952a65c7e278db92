import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditDesk } from "../../features/audit/audit-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default function AuditPage() {
  return <AuditDesk />;
}
