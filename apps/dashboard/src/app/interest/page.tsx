import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InterestPage } from "../../features/interest/interest-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("interest");
  return { title: t("title") };
}

export default function InterestScreen() {
  return <InterestPage />;
}
