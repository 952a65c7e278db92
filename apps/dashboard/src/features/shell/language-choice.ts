"use client";
import { useRouter } from "next/navigation";
import { LOCALE_COOKIE, type Locale } from "../../i18n/locale.ts";

const YEAR_S = 365 * 24 * 3_600;

/** Sets this browser's language and shows the page in it. */
export function useLanguageChoice(): (locale: Locale) => void {
  const router = useRouter();
  return (locale) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
    router.refresh();
  };
}
