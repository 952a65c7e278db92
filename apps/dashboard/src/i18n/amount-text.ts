import { formatReais } from "@pacto/banking";
import type { Locale } from "./locale.ts";

/** `1.234,56`: centavos as a money field has them, without the currency's sign. */
export function amountText(centavos: number | bigint, locale: Locale): string {
  return formatReais(BigInt(centavos), locale).replace(/^R\$\s/, "");
}
