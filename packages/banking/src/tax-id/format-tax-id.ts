import type { TaxId } from "./tax-id.ts";

/** "390.533.447-05" or "12.ABC.345/01DE-35". */
export function formatTaxId(taxId: TaxId): string {
  if (taxId.length === 11) {
    const body = `${taxId.slice(0, 3)}.${taxId.slice(3, 6)}.${taxId.slice(6, 9)}`;
    return `${body}-${taxId.slice(9)}`;
  }
  const root = `${taxId.slice(0, 2)}.${taxId.slice(2, 5)}.${taxId.slice(5, 8)}`;
  return `${root}/${taxId.slice(8, 12)}-${taxId.slice(12)}`;
}

/**
 * What a payer may see of a payee's tax id: "***.533.447-**", "**.ABC.345/01DE-**". The first group
 * and the check digits are hidden.
 */
export function maskTaxId(taxId: TaxId): string {
  const formatted = formatTaxId(taxId);
  const hidden = taxId.length === 11 ? 3 : 2;
  return `${"*".repeat(hidden)}${formatted.slice(hidden, -2)}**`;
}
