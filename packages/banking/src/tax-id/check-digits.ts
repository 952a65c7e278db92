/**
 * The two check digits that belong to the first 9 characters of a CPF or 12 of a CNPJ: modulo 11,
 * weights counted from the right, from 2 up to 11 (CPF) or 2 to 9 over and over (CNPJ). Characters
 * count as their ASCII code − 48, so one rule serves digits and letters (IN RFB 2.229/2024).
 */
export function taxIdCheckDigits(stem: string): string {
  const weightMax = stem.length === 9 ? 11 : 9;
  const first = checkDigit(stem, weightMax);
  return `${first}${checkDigit(`${stem}${first}`, weightMax)}`;
}

function checkDigit(stem: string, weightMax: number): number {
  let sum = 0;
  let weight = 2;
  for (let at = stem.length - 1; at >= 0; at -= 1) {
    sum += (stem.charCodeAt(at) - 48) * weight;
    weight = weight === weightMax ? 2 : weight + 1;
  }
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}
