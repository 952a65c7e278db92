import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MandateDesk } from "../../../features/agreements/mandate-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreements.mandates");
  return { title: t("title") };
}

export default function PixMandatesPage() {
  return <MandateDesk />;
}
