/** Longest merchant name and city, in characters. */
export const MERCHANT_NAME_MAX = 25;
export const MERCHANT_CITY_MAX = 15;

/**
 * A name or city as every reader understands it: "São José dos Campos" in 15 gives
 * "SAO JOSE DOS CA". May be empty when nothing can be written in plain letters.
 */
export function merchantText(text: string, lengthMax: number): string {
  return plainText(text).toUpperCase().slice(0, lengthMax).trim();
}

/** Text without accents and other characters that readers count differently. */
export function plainText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]+/g, " ")
    .replace(/ +/g, " ")
    .trim();
}
