import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportPage } from "../../features/imports/import-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default function ImportsPage() {
  return <ImportPage />;
}
