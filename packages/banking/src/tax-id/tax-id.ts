declare const taxId: unique symbol;

/**
 * A valid CPF (11 digits) or CNPJ (12 digits or capitals, then 2 digits), without mask. Text, never
 * a number: leading zeros count, and CNPJs registered since July 2026 may hold letters (IN RFB
 * 2.229/2024).
 */
export type TaxId = string & { readonly [taxId]: true };

/** cpf = a person, cnpj = a company. */
export type TaxIdKind = "cpf" | "cnpj";

export function taxIdKind(taxId: TaxId): TaxIdKind {
  return taxId.length === 11 ? "cpf" : "cnpj";
}
