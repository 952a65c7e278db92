import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InDoubtDesk } from "../../features/in-doubt/in-doubt-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inDoubt");
  return { title: t("title") };
}

export default function InDoubtPage() {
  return <InDoubtDesk />;
}
