import type { Locale } from "./locale.ts";

/**
 * Writes centavos for people: "R$ 1.234,56" in pt-BR, "R$ 1,234.56" in en; negative ones with a
 * minus in front of all. The blank is a no-break space, so that an amount is never split between
 * lines.
 */
export function formatReais(centavos: bigint, locale: Locale): string {
  const { sign, reais, cents } = split(centavos);
  const [thousands, decimal] = locale === "pt-BR" ? [".", ","] : [",", "."];
  return `${sign}R$\u00a0${reais.replace(/\B(?=([0-9]{3})+$)/g, thousands)}${decimal}${cents}`;
}

/** Writes centavos for programs: "1234.56", "-0.05". parseReais reads it back when positive. */
export function formatDecimal(centavos: bigint): string {
  const { sign, reais, cents } = split(centavos);
  return `${sign}${reais}.${cents}`;
}

function split(centavos: bigint): { sign: string; reais: string; cents: string } {
  const digits = (centavos < 0n ? -centavos : centavos).toString().padStart(3, "0");
  return {
    sign: centavos < 0n ? "-" : "",
    reais: digits.slice(0, -2),
    cents: digits.slice(-2),
  };
}
