import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TransferDetail } from "../../../../features/transfers/transfer-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("transfer");
  return { title: t("titleUnknown") };
}

export default async function TransferDetailPage(props: PageProps<"/transfers/[bank]/[id]">) {
  const { bank, id } = await props.params;
  return <TransferDetail bank={bank} id={id} />;
}
