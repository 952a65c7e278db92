import { formatReais } from "@pacto/banking";
import { refusalCatalogue } from "./catalogue.ts";
import type { Refusal } from "./refusal.ts";

export type Locale = "pt-BR" | "en";

/** The refusal's sentence in the reader's language; details ending in `Centavos` read as money. */
export function refusalSentence(refusal: Refusal, locale: Locale): string {
  const template: string = refusalCatalogue[refusal.code][locale];
  return template
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = refusal.details[name];
      if (value === undefined || value === null) return "";
      if (name.endsWith("Centavos") && typeof value === "number") {
        return formatReais(BigInt(value), locale);
      }
      return String(value);
    })
    .trim();
}
