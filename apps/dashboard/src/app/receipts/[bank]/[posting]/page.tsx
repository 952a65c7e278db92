import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CashReceipt } from "../../../../features/receipts/cash-receipt.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receipt");
  return { title: t("title") };
}

export default async function CashReceiptPage(props: PageProps<"/receipts/[bank]/[posting]">) {
  const { bank, posting } = await props.params;
  return <CashReceipt bank={bank} posting={posting} />;
}
