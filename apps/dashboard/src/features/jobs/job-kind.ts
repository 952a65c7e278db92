"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** What a job does, in the reader's words. */
export function useJobKind(): (kind: string) => string {
  const t = useTranslations("jobs.kinds");
  return useCallback(
    (kind) => {
      const key = kind.replaceAll(".", "-") as Parameters<typeof t>[0];
      return t.has(key) ? t(key) : kind;
    },
    [t],
  );
}
