import { taxIdCheckDigits } from "./check-digits.ts";
import type { TaxId, TaxIdKind } from "./tax-id.ts";

export type ParsedTaxId =
  | { readonly ok: true; readonly taxId: TaxId; readonly kind: TaxIdKind }
  | { readonly ok: false; readonly code: "tax-id-missing" }
  /** Neither 11 nor 14 characters; `length` counts those without the mask. */
  | { readonly ok: false; readonly code: "tax-id-length"; readonly length: number }
  /** `position` counts from 0 in the text given. */
  | {
      readonly ok: false;
      readonly code: "tax-id-character";
      readonly character: string;
      readonly position: number;
    }
  | { readonly ok: false; readonly code: "tax-id-repeated-digits"; readonly kind: TaxIdKind }
  | { readonly ok: false; readonly code: "tax-id-check-digits"; readonly kind: TaxIdKind };

/**
 * Reads a CPF or CNPJ, with or without mask, letters in either case. Which of the two it is follows
 * from the length. Refuses all-equal digits, which pass the arithmetic but are never issued.
 */
export function parseTaxId(text: string): ParsedTaxId {
  const kept: string[] = [];
  const positions: number[] = [];
  let position = 0;
  for (const character of text) {
    if (/[0-9A-Za-z]/.test(character)) {
      // ASCII only, so toUpperCase cannot turn one letter into two.
      kept.push(character.toUpperCase());
      positions.push(position);
    } else if (!/[\s./-]/.test(character)) {
      return { ok: false, code: "tax-id-character", character, position };
    }
    position += character.length;
  }
  if (kept.length === 0) return { ok: false, code: "tax-id-missing" };
  if (kept.length !== 11 && kept.length !== 14) {
    return { ok: false, code: "tax-id-length", length: kept.length };
  }
  const kind = kept.length === 11 ? "cpf" : "cnpj";
  const letter = kept.findIndex((it, at) => /[A-Z]/.test(it) && (kind === "cpf" || at >= 12));
  if (letter !== -1) {
    const at = positions[letter] ?? 0;
    return { ok: false, code: "tax-id-character", character: text.charAt(at), position: at };
  }
  const candidate = kept.join("");
  if (/^(.)\1*$/.test(candidate)) return { ok: false, code: "tax-id-repeated-digits", kind };
  if (!candidate.endsWith(taxIdCheckDigits(candidate.slice(0, -2)))) {
    return { ok: false, code: "tax-id-check-digits", kind };
  }
  return { ok: true, taxId: candidate as TaxId, kind };
}

/** Whether the text is a tax id in the one form that is stored: no mask, capitals. */
export function isTaxId(text: string): text is TaxId {
  const parsed = parseTaxId(text);
  return parsed.ok && parsed.taxId === text;
}
