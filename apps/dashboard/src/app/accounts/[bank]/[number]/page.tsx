import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountDetail } from "../../../../features/accounts/account-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("pageTitle") };
}

export default async function AccountDetailPage(props: PageProps<"/accounts/[bank]/[number]">) {
  const { bank, number } = await props.params;
  return <AccountDetail bank={bank} number={number} />;
}
