import type { Locale } from "@pacto/contract";
import { type Texts, textsIn } from "./texts.ts";

/** The reader's language, and every text in it. */
export interface Language {
  readonly locale: Locale;
  readonly texts: Texts;
}

export function languageOf(locale: Locale): Language {
  return { locale, texts: textsIn(locale) };
}
