import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TransferList } from "../../features/transfers/transfer-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("transfers");
  return { title: t("title") };
}

export default function TransferListPage() {
  return <TransferList />;
}
