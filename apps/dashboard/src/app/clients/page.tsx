import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientList } from "../../features/clients/client-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clients");
  return { title: t("title") };
}

export default function ClientListPage() {
  return <ClientList />;
}
