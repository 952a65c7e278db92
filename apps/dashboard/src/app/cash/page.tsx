import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CashDesk } from "../../features/cash/cash-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cash");
  return { title: t("title") };
}

export default function CashDeskPage() {
  return <CashDesk />;
}
