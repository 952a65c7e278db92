import { isTaxId } from "../tax-id/parse-tax-id.ts";

export type PixKeyType = "CPF" | "CNPJ" | "PHONE" | "EMAIL" | "EVP";

/** A PIX key in the one form in which the directory (DICT) keeps it. */
export interface PixKey {
  readonly type: PixKeyType;
  readonly value: string;
}

/** Longest key, in characters (DICT). */
export const PIX_KEY_LENGTH_MAX = 77;

const KEYS_OF_INDIVIDUAL_MAX = 5;
const KEYS_OF_COMPANY_MAX = 20;

/** How many keys may point to one account, by what its first holder is (DICT). */
export function pixKeysMax(holder: string | null | undefined): number {
  return holder === "company" ? KEYS_OF_COMPANY_MAX : KEYS_OF_INDIVIDUAL_MAX;
}

const EVP = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PHONE = /^\+[1-9][0-9][0-9]{1,14}$/;
/** DICT v2.6.0: lower case, and no "&" since September 2025. */
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const EMAIL = new RegExp(`^[a-z0-9.!#$'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`);

/**
 * What type of key the text is, or null when it is none in the directory's form. The forms exclude
 * one another: a phone always starts with "+".
 */
export function pixKeyType(text: string): PixKeyType | null {
  if (text.length > PIX_KEY_LENGTH_MAX) return null;
  if (text.startsWith("+")) return PHONE.test(text) ? "PHONE" : null;
  if (text.includes("@")) return EMAIL.test(text) ? "EMAIL" : null;
  if (EVP.test(text)) return "EVP";
  if (!isTaxId(text)) return null;
  return text.length === 11 ? "CPF" : "CNPJ";
}
