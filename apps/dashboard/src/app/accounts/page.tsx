import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountList } from "../../features/accounts/account-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("title") };
}

export default function AccountListPage() {
  return <AccountList />;
}
