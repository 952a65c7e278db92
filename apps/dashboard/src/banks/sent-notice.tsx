"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { Notice } from "../components/notice.tsx";
import { useRefusalSentence } from "../i18n/refusal.ts";

/**
 * What became of a form that was sent: a refusal in words, or that nobody knows yet, with the way
 * to find out. Asking again sends the same request with the same key, so nothing is done twice.
 */
export function SentNotice(props: {
  readonly phase: "editing" | "sending" | "unknown";
  readonly refusal: Refusal | null;
  readonly onAskAgain: () => void;
  readonly onGiveUp: () => void;
}) {
  const t = useTranslations("sent");
  const sentence = useRefusalSentence();
  if (props.phase === "unknown") {
    return (
      <Notice
        tone="caution"
        announce="now"
        title={t("unknown")}
        actions={
          <>
            <Button size="sm" variant="primary" onPress={props.onAskAgain}>
              {t("askAgain")}
            </Button>
            <Button size="sm" variant="ghost" onPress={props.onGiveUp}>
              {t("startOver")}
            </Button>
          </>
        }
      >
        <p>{t("unknownWhy")}</p>
        {props.refusal !== null && <p className="mt-1">{sentence(props.refusal)}</p>}
      </Notice>
    );
  }
  if (props.refusal === null) return null;
  return (
    <Notice tone="negative" announce="now" title={t("refused")}>
      {sentence(props.refusal)}
    </Notice>
  );
}
