import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KeyDesk } from "../../../features/agreements/key-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreements.keys");
  return { title: t("title") };
}

export default function PixKeysPage() {
  return <KeyDesk />;
}
