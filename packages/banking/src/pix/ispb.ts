/**
 * Whether the text identifies an institution: the first eight characters of its CNPJ, letters
 * included since July 2026 (pix-api 2.9.0).
 */
export function isIspb(text: string): boolean {
  return /^[0-9A-Z]{8}$/.test(text);
}
