import { formatTaxId, parseTaxId } from "@pacto/banking";

export type TaxIdReading =
  | { readonly kind: "cpf" | "cnpj"; readonly formatted: string }
  | { readonly kind: "incomplete"; readonly of: "cpf" | "cnpj"; readonly missing: number }
  | {
      readonly kind: "wrong";
      readonly problem: "check-digits" | "repeated" | "character" | "length";
    }
  | { readonly kind: "empty" };

/**
 * What a tax id means so far, so that the field can help while one types: a CPF until eleven
 * characters are typed, a CNPJ beyond.
 */
export function readTaxId(text: string): TaxIdReading {
  const parsed = parseTaxId(text);
  if (parsed.ok) return { kind: parsed.kind, formatted: formatTaxId(parsed.taxId) };
  switch (parsed.code) {
    case "tax-id-missing":
      return { kind: "empty" };
    case "tax-id-length": {
      if (parsed.length > 14) return { kind: "wrong", problem: "length" };
      const of = parsed.length < 11 && !/[A-Za-z]/.test(text) ? "cpf" : "cnpj";
      return { kind: "incomplete", of, missing: (of === "cpf" ? 11 : 14) - parsed.length };
    }
    case "tax-id-character":
      return { kind: "wrong", problem: "character" };
    case "tax-id-repeated-digits":
      return { kind: "wrong", problem: "repeated" };
    case "tax-id-check-digits":
      // Eleven characters may be the beginning of a CNPJ, but then the next key tells.
      return { kind: "wrong", problem: "check-digits" };
  }
}
