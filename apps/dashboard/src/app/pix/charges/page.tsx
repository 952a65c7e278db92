import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChargeList } from "../../../features/pix/charge-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pix");
  return { title: t("charges") };
}

export default function ChargeListPage() {
  return <ChargeList />;
}
