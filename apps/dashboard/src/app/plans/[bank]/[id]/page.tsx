import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlanDetail } from "../../../../features/plans/plan-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("plans");
  return { title: t("pageTitle") };
}

export default async function PlanDetailPage(props: PageProps<"/plans/[bank]/[id]">) {
  const { bank, id } = await props.params;
  return <PlanDetail bank={bank} id={id} />;
}
