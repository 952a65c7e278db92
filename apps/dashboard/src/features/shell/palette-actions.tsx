"use client";
import { Command } from "cmdk";
import { useTheme } from "next-themes";
import { useTranslations } from "next-intl";
import { Icon } from "../../components/icon.tsx";
import { locales } from "../../i18n/locale.ts";
import { group, Item } from "./palette-item.tsx";
import { useLanguageChoice } from "./language-choice.ts";

/** What is done at once, wherever one is. */
export function Actions({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations("palette");
  const shell = useTranslations("shell");
  const { setTheme } = useTheme();
  const chooseLanguage = useLanguageChoice();
  function after(act: () => void) {
    onDone();
    act();
  }
  return (
    <Command.Group heading={t("actions")} className={group}>
      {(["light", "dark", "system"] as const).map((theme) => (
        <Item
          key={theme}
          value={shell(`themes.${theme}`)}
          onSelect={() => after(() => setTheme(theme))}
        >
          <Icon
            name={theme === "light" ? "sun" : theme === "dark" ? "moon" : "system"}
            className="text-muted"
          />
          {shell(`themes.${theme}`)}
        </Item>
      ))}
      {locales.map((locale) => (
        <Item
          key={locale}
          value={`${shell("language")} ${names[locale]}`}
          onSelect={() => after(() => chooseLanguage(locale))}
        >
          <Icon name="arrow" className="text-muted" />
          <span>
            {shell("language")}: <span lang={locale}>{names[locale]}</span>
          </span>
        </Item>
      ))}
      {/* After the palette has gone from the paper. */}
      <Item value={t("print")} onSelect={() => after(() => setTimeout(() => print(), PRINT_MS))}>
        <Icon name="accounts" className="text-muted" />
        {t("print")}
      </Item>
    </Command.Group>
  );
}

const PRINT_MS = 400;
const names = { "pt-BR": "Português", en: "English" } as const;
