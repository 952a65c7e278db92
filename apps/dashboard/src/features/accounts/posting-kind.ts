"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** A posting's kind in the reader's words; one that this dashboard does not know yet stays as it is. */
export function usePostingKind(): (kind: string) => string {
  const t = useTranslations("account.entryKinds");
  return useCallback(
    (kind) => {
      const key = kind as Parameters<typeof t>[0];
      return t.has(key) ? t(key) : kind;
    },
    [t],
  );
}
