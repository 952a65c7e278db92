import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RequestDesk } from "../../../features/agreements/request-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreements.requests");
  return { title: t("title") };
}

export default function PixRequestsPage() {
  return <RequestDesk />;
}
