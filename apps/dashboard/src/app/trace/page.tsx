import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TracePage } from "../../features/timeline/trace-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("trace");
  return { title: t("title") };
}

export default function Page() {
  return <TracePage />;
}
