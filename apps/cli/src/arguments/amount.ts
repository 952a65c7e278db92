import { parseReais } from "@pacto/banking";
import { Refused, WrongUsage } from "../exit.ts";
import type { Language } from "../language/language.ts";

/**
 * Reads an amount in reais into centavos, as the wire has it.
 * @throws WrongUsage when it is no amount, Refused when it is one that no bank would take
 */
export function readAmount(text: string, language: Language, zeroAllowed = false): number {
  const parsed = parseReais(text, { zeroAllowed });
  if (parsed.ok) return Number(parsed.centavos);
  switch (parsed.code) {
    case "amount-negative":
    case "amount-zero":
      throw new Refused("amount-not-positive");
    case "amount-too-large":
      throw new Refused("amount-too-large");
    case "amount-ambiguous":
      throw new WrongUsage(language.texts.errors.ambiguousAmount(text));
    case "amount-missing":
    case "amount-malformed":
    case "amount-decimals":
      throw new WrongUsage(language.texts.errors.badAmount(text));
  }
}
