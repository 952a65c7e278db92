import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DrawerPage } from "../../features/drawer/drawer-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("drawer");
  return { title: t("title") };
}

export default function DrawerScreen() {
  return <DrawerPage />;
}
