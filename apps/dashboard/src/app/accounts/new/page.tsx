import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewAccount } from "../../../features/accounts/new-account.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newAccount");
  return { title: t("title") };
}

export default function NewAccountPage() {
  return <NewAccount />;
}
