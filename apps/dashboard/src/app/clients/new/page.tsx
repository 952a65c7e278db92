import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewClient } from "../../../features/clients/new-client.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newClient");
  return { title: t("title") };
}

export default function NewClientPage() {
  return <NewClient />;
}
