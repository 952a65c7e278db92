import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientDetail } from "../../../../features/clients/client-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("client");
  return { title: t("pageTitle") };
}

export default async function ClientDetailPage(props: PageProps<"/clients/[bank]/[id]">) {
  const { bank, id } = await props.params;
  return <ClientDetail bank={bank} id={id} />;
}
