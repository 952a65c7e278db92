import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReturnDesk } from "../../../features/agreements/return-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreements.returns");
  return { title: t("title") };
}

export default function PixReturnsPage() {
  return <ReturnDesk />;
}
