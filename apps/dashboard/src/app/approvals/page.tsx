import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ApprovalsDesk } from "../../features/approvals/approvals-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("approvals");
  return { title: t("title") };
}

export default function ApprovalsPage() {
  return <ApprovalsDesk />;
}
