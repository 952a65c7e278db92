import { maskEmail, maskName, maskPhone, maskPixKey, maskTaxId, parseTaxId } from "@pacto/banking";

const SECRET = "[secret]";

const BY_FIELD: Readonly<Record<string, (text: string) => string>> = {
  taxId: maskTyped,
  drawer: maskName,
  email: maskEmail,
  phone: maskPhone,
  key: maskPixKey,
  password: () => SECRET,
  token: () => SECRET,
  secret: () => SECRET,
};

/** Eleven digits, or fourteen signs of a CNPJ, alone in a text. */
const TAX_ID =
  /\b(?:\d{3}\.?\d{3}\.?\d{3}-?\d{2}|[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2})\b/gu;
const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/gu;

/** Details as the audit keeps them: personal data masked by field and in texts, secrets left out. */
export function maskDetails(value: unknown, field = ""): unknown {
  if (typeof value === "string") {
    const mask = BY_FIELD[field];
    return mask === undefined ? maskText(value) : mask(value);
  }
  if (Array.isArray(value)) return value.map((item) => maskDetails(item, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, maskDetails(member, name)]),
  );
}

function maskText(text: string): string {
  return text.replaceAll(TAX_ID, maskIfTaxId).replaceAll(EMAIL, maskEmail);
}

function maskTyped(text: string): string {
  const parsed = parseTaxId(text);
  return parsed.ok ? maskTaxId(parsed.taxId) : "***";
}

/** Only what has the right check digits: an amount or an id of eleven digits stays as it is. */
function maskIfTaxId(text: string): string {
  const parsed = parseTaxId(text);
  return parsed.ok ? maskTaxId(parsed.taxId) : text;
}
