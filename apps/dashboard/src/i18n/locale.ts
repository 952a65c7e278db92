export const locales = ["pt-BR", "en"] as const;

export type Locale = (typeof locales)[number];

/** The cookie that keeps the reader's language. */
export const LOCALE_COOKIE = "pacto-locale";

/** Branch and teller hours are told in the consortium's time, whatever the browser's zone. */
export const TIME_ZONE = "America/Sao_Paulo";

export function isLocale(value: string | undefined): value is Locale {
  return locales.some((locale) => locale === value);
}

/** The reader's language: the one chosen, else the browser's first that we have, else pt-BR. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const asked = (acceptLanguage ?? "").split(",").map((part) => part.trim().toLowerCase());
  for (const language of asked) {
    if (language.startsWith("pt")) return "pt-BR";
    if (language.startsWith("en")) return "en";
  }
  return "pt-BR";
}
