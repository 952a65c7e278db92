import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TransferBuilder } from "../../../features/transfers/transfer-builder.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("builder");
  return { title: t("title") };
}

export default function TransferBuilderPage() {
  return <TransferBuilder />;
}
