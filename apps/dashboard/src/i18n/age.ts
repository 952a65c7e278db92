"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";

/** The present in epoch milliseconds, renewed each second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** "42 s", "3 min", "2 h": how long something has lasted, in its largest whole unit. */
export function useAge(): (durationMs: number) => string {
  const t = useTranslations("age");
  return useCallback(
    (durationMs) => {
      const seconds = Math.max(0, Math.floor(durationMs / 1_000));
      if (seconds < 60) return t("seconds", { n: seconds });
      if (seconds < 3_600) return t("minutes", { n: Math.floor(seconds / 60) });
      if (seconds < 86_400) return t("hours", { n: Math.floor(seconds / 3_600) });
      return t("days", { n: Math.floor(seconds / 86_400) });
    },
    [t],
  );
}
