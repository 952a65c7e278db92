"use client";
import { useTranslations } from "next-intl";
import { Notice } from "../../components/notice.tsx";

/** The key to verify deliveries with: shown this once, kept nowhere on this page. */
export function SecretNotice({ secret }: { readonly secret: string }) {
  const t = useTranslations("webhooks");
  return (
    <Notice tone="caution" announce="soon" title={t("secretTitle")}>
      <code className="font-mono text-xs break-all select-all">{secret}</code>
      <p className="mt-1 text-muted">{t("secretNote")}</p>
    </Notice>
  );
}
