"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Notice } from "../components/notice.tsx";

const RELOADED_FOR = "pacto-reloaded-for";

/**
 * What is shown when a page of ours fails. When only its script is gone, because a newer dashboard
 * was put in place meanwhile, the page is loaded anew; drafts are kept, so nothing typed is lost.
 */
export default function ErrorPage(props: { readonly error: Error; readonly reset: () => void }) {
  const t = useTranslations("failure");
  const isOutdated = props.error.name === "ChunkLoadError";
  useEffect(() => {
    if (!isOutdated || sessionStorage.getItem(RELOADED_FOR) === props.error.message) return;
    sessionStorage.setItem(RELOADED_FOR, props.error.message);
    location.reload();
  }, [isOutdated, props.error]);
  return (
    <Notice
      tone="negative"
      announce="now"
      title={t("title")}
      actions={
        <Button size="sm" variant="primary" onPress={() => location.reload()}>
          {t("reload")}
        </Button>
      }
    >
      {t("text")}
    </Notice>
  );
}
