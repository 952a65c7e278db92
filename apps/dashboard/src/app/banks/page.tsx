import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadManifest } from "../../banks/manifest.ts";
import { BankList } from "../../features/banks/bank-list.tsx";
import { tellMembership } from "../../features/banks/membership.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("banks");
  return { title: t("title") };
}

export default async function BanksPage() {
  return <BankList membership={tellMembership(await loadManifest())} />;
}
