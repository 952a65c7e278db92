import { parseTaxId } from "../tax-id/parse-tax-id.ts";
import { PIX_KEY_LENGTH_MAX, pixKeyType, type PixKey, type PixKeyType } from "./key.ts";

export type PixKeyReading =
  | {
      readonly ok: true;
      readonly key: PixKey;
      /** Set when the same text is also another key: ask which one is meant. */
      readonly alternative: PixKey | null;
    }
  | {
      readonly ok: false;
      readonly code: "pix-key-missing" | "pix-key-too-long" | "pix-key-unrecognised";
    }
  /** Looks like a key of this type, but is none. */
  | { readonly ok: false; readonly code: "pix-key-malformed"; readonly type: PixKeyType }
  | { readonly ok: false; readonly code: "pix-key-check-digits"; readonly type: "CPF" | "CNPJ" };

/** DDD (no zero in it), then 9 and eight digits. */
const MOBILE = /^[1-9][1-9]9[0-9]{8}$/;

/**
 * Reads a PIX key as a person types or pastes it, mask and capitals included. Eleven digits that
 * are a CPF are a CPF, also when they could be a mobile number, which is then the alternative,
 * unless the mask tells: parentheses make a phone, dots a CPF.
 */
export function readPixKey(text: string): PixKeyReading {
  const typed = text.trim();
  if (typed === "") return { ok: false, code: "pix-key-missing" };
  if (typed.length > PIX_KEY_LENGTH_MAX) return { ok: false, code: "pix-key-too-long" };
  if (typed.includes("@")) return canonical("EMAIL", lowerCase(typed));
  if (/^[0-9a-f]+(-[0-9a-f]+){4}$/i.test(typed)) return canonical("EVP", lowerCase(typed));

  const bare = typed.replace(/[\s().\-/]/g, "");
  if (typed.startsWith("+")) return canonical("PHONE", bare);
  if (/[()]/.test(typed)) return readPhone(bare);
  if (/^55[0-9]{11}$/.test(bare) && MOBILE.test(bare.slice(2))) return readPhone(bare.slice(2));
  return readDocument(bare, { mayBePhone: !typed.includes(".") });
}

function readPhone(digits: string): PixKeyReading {
  const number = digits.length === 13 && digits.startsWith("55") ? digits.slice(2) : digits;
  if (!MOBILE.test(number)) return { ok: false, code: "pix-key-malformed", type: "PHONE" };
  return canonical("PHONE", `+55${number}`);
}

function readDocument(bare: string, { mayBePhone }: { mayBePhone: boolean }): PixKeyReading {
  const parsed = parseTaxId(bare);
  const phone =
    mayBePhone && MOBILE.test(bare) ? ({ type: "PHONE", value: `+55${bare}` } as const) : null;
  if (parsed.ok) {
    const key = { type: parsed.kind === "cpf" ? "CPF" : "CNPJ", value: parsed.taxId } as const;
    return { ok: true, key, alternative: phone };
  }
  if (phone) return { ok: true, key: phone, alternative: null };
  if (parsed.code === "tax-id-check-digits" || parsed.code === "tax-id-repeated-digits") {
    const type = parsed.kind === "cpf" ? "CPF" : "CNPJ";
    return { ok: false, code: "pix-key-check-digits", type };
  }
  return { ok: false, code: "pix-key-unrecognised" };
}

function canonical(type: PixKeyType, value: string): PixKeyReading {
  return pixKeyType(value) === type
    ? { ok: true, key: { type, value }, alternative: null }
    : { ok: false, code: "pix-key-malformed", type };
}

/** ASCII only: toLowerCase would turn look-alikes such as the Kelvin sign into letters. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
