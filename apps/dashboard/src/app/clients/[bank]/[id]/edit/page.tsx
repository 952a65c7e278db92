import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditClient } from "../../../../../features/clients/edit-client.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editClient");
  return { title: t("title") };
}

export default async function EditClientPage(props: PageProps<"/clients/[bank]/[id]/edit">) {
  const { bank, id } = await props.params;
  return <EditClient bank={bank} id={id} />;
}
