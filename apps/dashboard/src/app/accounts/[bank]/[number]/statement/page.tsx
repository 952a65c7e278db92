import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StatementPage } from "../../../../../features/accounts/statement-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("statement");
  return { title: t("title") };
}

export default async function StatementRoute(
  props: PageProps<"/accounts/[bank]/[number]/statement">,
) {
  const { bank, number } = await props.params;
  return <StatementPage bank={bank} number={number} />;
}
