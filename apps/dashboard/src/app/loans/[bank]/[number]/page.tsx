import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LoanDetail } from "../../../../features/loans/loan-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("loans");
  return { title: t("pageTitle") };
}

export default async function LoanDetailPage(props: PageProps<"/loans/[bank]/[number]">) {
  const { bank, number } = await props.params;
  return <LoanDetail bank={bank} number={number} />;
}
