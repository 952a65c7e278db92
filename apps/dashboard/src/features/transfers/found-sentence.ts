"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import type { Found } from "./find-lines.ts";

/** Why an account was not found, in a sentence. */
export function useFoundSentence(): (found: Exclude<Found, { kind: "found" }>) => string {
  const t = useTranslations("builder");
  const sentence = useRefusalSentence();
  return useCallback(
    (found) => {
      if (found.kind === "refused") return sentence(found.refusal);
      return t(found.kind === "away" ? "findAway" : "keyNeedsSource");
    },
    [sentence, t],
  );
}
