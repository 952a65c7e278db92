declare const agency: unique symbol;
declare const accountNumber: unique symbol;

/** A bank office: four digits, "0001". Text: leading zeros count. */
export type Agency = string & { readonly [agency]: true };

/**
 * An account's number at its bank: five to twelve digits, a dash and a check digit, "12345-5". More
 * than five digits never start with a zero. Text: leading zeros count.
 */
export type AccountNumber = string & { readonly [accountNumber]: true };

/** Digits before the dash, at least; shorter numbers are padded with zeros. */
export const NUMBER_DIGITS_MIN = 5;
/** Digits before the dash, at most. */
export const NUMBER_DIGITS_MAX = 12;

/**
 * The check digit of the digits before the dash, the rule most Brazilian banks use: weights 2 to 9
 * from the right, over and over; 11 − sum mod 11, where 10 and 11 give 0.
 */
export function accountCheckDigit(digits: string): string {
  let sum = 0;
  let weight = 2;
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    sum += (digits.charCodeAt(at) - 48) * weight;
    weight = weight === 9 ? 2 : weight + 1;
  }
  const rest = sum % 11;
  return rest < 2 ? "0" : String(11 - rest);
}

/**
 * The number of a bank's n-th account, n from 1 to 999,999,999,999; 12345n gives "12345-5". Throws
 * a RangeError outside that range.
 */
export function accountNumberFor(sequence: bigint): AccountNumber {
  const digits = sequence.toString().padStart(NUMBER_DIGITS_MIN, "0");
  if (sequence <= 0n || digits.length > NUMBER_DIGITS_MAX) {
    throw new RangeError(`no account number for sequence ${sequence}`);
  }
  return `${digits}-${accountCheckDigit(digits)}` as AccountNumber;
}
