import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewCharge } from "../../../../features/pix/new-charge.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pix");
  return { title: t("newCharge") };
}

export default function NewChargePage() {
  return <NewCharge />;
}
