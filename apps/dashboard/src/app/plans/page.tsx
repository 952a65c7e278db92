import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlanList } from "../../features/plans/plan-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("plans");
  return { title: t("title") };
}

export default function PlanListRoute() {
  return <PlanList />;
}
