import { getTranslations } from "next-intl/server";
import { ActionLink } from "../components/action-link.tsx";
import { PageHeader } from "../components/page-header.tsx";

export default async function NotFoundPage() {
  const t = await getTranslations("notFound");
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <ActionLink href="/">{t("home")}</ActionLink>
    </>
  );
}
