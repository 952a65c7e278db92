import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LoanList } from "../../features/loans/loan-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("loans");
  return { title: t("title") };
}

export default function LoanListRoute() {
  return <LoanList />;
}
