import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignatureList } from "../../features/signatures/signature-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signatures");
  return { title: t("title") };
}

export default function SignatureListRoute() {
  return <SignatureList />;
}
