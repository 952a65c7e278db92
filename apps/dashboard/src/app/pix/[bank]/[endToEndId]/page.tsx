import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PixDetail } from "../../../../features/pix/pix-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pix");
  return { title: t("receipt") };
}

export default async function PixPage(props: PageProps<"/pix/[bank]/[endToEndId]">) {
  const { bank, endToEndId } = await props.params;
  return <PixDetail bank={bank} endToEndId={endToEndId} />;
}
