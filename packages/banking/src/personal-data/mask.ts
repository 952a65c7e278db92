import { pixKeyType } from "../pix/key.ts";
import { maskTaxId } from "../tax-id/format-tax-id.ts";
import type { TaxId } from "../tax-id/tax-id.ts";

/** First name, and the initials of the rest: "Ana S. L.", enough to recognise a person by. */
export function maskName(name: string): string {
  const [first = "", ...rest] = name.trim().split(/\s+/u);
  return [first, ...rest.map((part) => `${Array.from(part)[0] ?? ""}.`)].join(" ");
}

/** "a***@example.com" */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? "***" : `${Array.from(email)[0] ?? ""}***${email.slice(at)}`;
}

const PHONE_SHOWN = 4;

/** The last four digits: "***4321". */
export function maskPhone(phone: string): string {
  return `***${phone.replaceAll(/\D/gu, "").slice(-PHONE_SHOWN)}`;
}

const EVP_SHOWN = 8;

/** A PIX key as it may stand in lists, logs and the audit; what is no key shows nothing. */
export function maskPixKey(key: string): string {
  switch (pixKeyType(key)) {
    case "CPF":
    case "CNPJ":
      return maskTaxId(key as TaxId);
    case "EMAIL":
      return maskEmail(key);
    case "PHONE":
      return maskPhone(key);
    case "EVP":
      return `${key.slice(0, EVP_SHOWN)}-***`;
    case null:
      return "***";
  }
}
