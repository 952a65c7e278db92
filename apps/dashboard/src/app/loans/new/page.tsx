import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewLoan } from "../../../features/loans/new-loan.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newLoan");
  return { title: t("title") };
}

export default function NewLoanRoute() {
  return <NewLoan />;
}
