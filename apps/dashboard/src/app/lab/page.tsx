import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { hasLab } from "../../features/lab/forward-lab.ts";
import { LabPage } from "../../features/lab/lab-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("lab");
  return { title: t("title") };
}

/** There in a local consortium alone. */
export default async function Page() {
  await connection();
  if (!hasLab()) notFound();
  return <LabPage />;
}
