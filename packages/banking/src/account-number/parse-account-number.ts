import {
  accountCheckDigit,
  type AccountNumber,
  type Agency,
  NUMBER_DIGITS_MAX,
  NUMBER_DIGITS_MIN,
} from "./account-number.ts";

export type ParsedAgency =
  | { readonly ok: true; readonly agency: Agency }
  | { readonly ok: false; readonly code: "agency-malformed" };

/** Reads an agency of one to four digits, not all zero; "1" is read as "0001". */
export function parseAgency(text: string): ParsedAgency {
  const digits = text.trim();
  if (!/^[0-9]{1,4}$/.test(digits) || /^0+$/.test(digits)) {
    return { ok: false, code: "agency-malformed" };
  }
  return { ok: true, agency: digits.padStart(4, "0") as Agency };
}

export type ParsedAccountNumber =
  | { readonly ok: true; readonly number: AccountNumber }
  | {
      readonly ok: false;
      readonly code: "account-number-malformed" | "account-number-check-digit";
    };

/**
 * Reads an account number, with or without the dash before the check digit. Zeros in front may be
 * more or fewer than in the stored form, which is returned.
 */
export function parseAccountNumber(text: string): ParsedAccountNumber {
  const typed = /^0*([0-9]*?)-?([0-9])$/.exec(text.trim());
  const digits = (typed?.[1] ?? "").padStart(NUMBER_DIGITS_MIN, "0");
  if (!typed || text.length > 32 || digits.length > NUMBER_DIGITS_MAX || /^0+$/.test(digits)) {
    return { ok: false, code: "account-number-malformed" };
  }
  if (typed[2] !== accountCheckDigit(digits)) {
    return { ok: false, code: "account-number-check-digit" };
  }
  return { ok: true, number: `${digits}-${typed[2]}` as AccountNumber };
}

/** Whether the text is an account number in the form that is stored. */
export function isAccountNumber(text: string): text is AccountNumber {
  const parsed = parseAccountNumber(text);
  return parsed.ok && parsed.number === text;
}
