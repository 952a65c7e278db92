import type { Locale } from "@pacto/contract";
import { english, type Texts } from "./english.ts";
import { portuguese } from "./portuguese.ts";

export type { Texts } from "./english.ts";

export function textsIn(locale: Locale): Texts {
  return locale === "pt-BR" ? portuguese : english;
}
