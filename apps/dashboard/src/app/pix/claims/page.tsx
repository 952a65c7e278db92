import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClaimDesk } from "../../../features/agreements/claim-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreements.claims");
  return { title: t("title") };
}

export default function PixClaimsPage() {
  return <ClaimDesk />;
}
