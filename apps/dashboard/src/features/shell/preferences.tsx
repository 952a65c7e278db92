"use client";
import { useTheme } from "next-themes";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { locales } from "../../i18n/locale.ts";
import { useLanguageChoice } from "./language-choice.ts";

const themes = [
  { theme: "light", icon: "sun" },
  { theme: "dark", icon: "moon" },
  { theme: "system", icon: "system" },
] as const;

/** Language and theme of this browser. */
export function Preferences() {
  return (
    <div className="flex items-center gap-2">
      <LanguageChoice />
      <ThemeChoice />
    </div>
  );
}

const option =
  "inline-flex h-6 min-w-6 items-center justify-center rounded px-1.5 text-xs text-muted " +
  "cursor-pointer hover:text-foreground aria-pressed:bg-surface aria-pressed:text-foreground " +
  "aria-pressed:shadow-xs focus-visible:outline-2 focus-visible:outline-focus";
const group = "flex gap-0.5 rounded-md bg-default p-0.5";

function LanguageChoice() {
  const t = useTranslations("shell");
  const current = useLocale();
  const choose = useLanguageChoice();
  return (
    <div role="group" aria-label={t("language")} className={group}>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          aria-label={locale === "pt-BR" ? "Português" : "English"}
          className={option}
          onClick={() => choose(locale)}
        >
          {locale === "pt-BR" ? "PT" : "EN"}
        </button>
      ))}
    </div>
  );
}

function ThemeChoice() {
  const t = useTranslations("shell");
  const { theme, setTheme } = useTheme();
  const [mounted, setMounted] = useState(false);
  // The server cannot know the theme that this browser keeps.
  useEffect(() => setMounted(true), []);
  return (
    <div role="group" aria-label={t("theme")} className={group}>
      {themes.map(({ theme: name, icon }) => (
        <button
          key={name}
          type="button"
          aria-pressed={mounted && theme === name}
          aria-label={t(`themes.${name}`)}
          title={t(`themes.${name}`)}
          className={option}
          onClick={() => setTheme(name)}
        >
          <Icon name={icon} className="size-3.5" />
        </button>
      ))}
    </div>
  );
}
