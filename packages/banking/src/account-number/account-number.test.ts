import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountCheckDigit, accountNumberFor } from "./account-number.ts";
import { isAccountNumber, parseAccountNumber, parseAgency } from "./parse-account-number.ts";

describe("an account number", () => {
  test("counts weights 2 to 9 from the right: 1·6 + 2·5 + 3·4 + 4·3 + 5·2 = 50, 11 − 6 = 5", () => {
    expect(accountCheckDigit("12345")).toBe("5");
    expect(accountNumberFor(12345n)).toBe("12345-5");
  });

  test("gives check digit 0 where the rule would give 10 or 11", () => {
    expect(accountNumberFor(6n)).toBe("00006-0");
    expect(accountNumberFor(41n)).toMatch(/^00041-[0-9]$/);
  });

  test("lesson 23: keeps its leading zeros", () => {
    expect(accountNumberFor(1n)).toBe("00001-9");
    expect(parseAccountNumber("00001-9")).toEqual({ ok: true, number: "00001-9" });
  });

  test("is read however many zeros and dashes were typed", () => {
    for (const text of ["00001-9", "1-9", "19", "000000001-9", " 00001-9 "]) {
      expect(parseAccountNumber(text)).toEqual({ ok: true, number: "00001-9" });
    }
    expect(isAccountNumber("00001-9")).toBe(true);
    expect(isAccountNumber("1-9")).toBe(false);
  });

  test("is refused with another check digit, or malformed", () => {
    expect(parseAccountNumber("12345-6")).toMatchObject({ code: "account-number-check-digit" });
    for (const text of ["", "-", "5", "0-0", "00000-0", "12345-X", "12-345-5", "1234567890123-0"]) {
      expect(parseAccountNumber(text)).toMatchObject({ code: "account-number-malformed" });
    }
  });

  test("of every sequence is unique and read back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999n }), (sequence) => {
        const number = accountNumberFor(sequence);
        expect(parseAccountNumber(number)).toEqual({ ok: true, number });
        expect(BigInt(number.slice(0, -2))).toBe(sequence);
      }),
    );
    expect(() => accountNumberFor(0n)).toThrow(RangeError);
    expect(() => accountNumberFor(1_000_000_000_000n)).toThrow(RangeError);
  });
});

describe("an agency", () => {
  test("has four digits", () => {
    expect(parseAgency("0001")).toEqual({ ok: true, agency: "0001" });
    expect(parseAgency(" 1 ")).toEqual({ ok: true, agency: "0001" });
    for (const text of ["", "0000", "00001", "12A", "-1"]) {
      expect(parseAgency(text)).toEqual({ ok: false, code: "agency-malformed" });
    }
  });
});
