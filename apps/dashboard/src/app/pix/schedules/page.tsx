import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ScheduleDesk } from "../../../features/agreements/schedule-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreements.schedules");
  return { title: t("title") };
}

export default function PixSchedulesPage() {
  return <ScheduleDesk />;
}
