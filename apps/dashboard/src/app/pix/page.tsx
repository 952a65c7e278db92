import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SendDesk } from "../../features/pix/send-desk.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pix");
  return { title: t("sendTitle") };
}

export default function SendDeskPage() {
  return <SendDesk />;
}
