import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_CENTAVOS } from "./centavos.ts";
import { formatDecimal, formatReais } from "./format-reais.ts";
import { parseReais } from "./parse-reais.ts";

describe("an amount in reais", () => {
  test.each([
    ["200", 200_00n],
    ["200.00", 200_00n],
    ["200,00", 200_00n],
    ["200,5", 200_50n],
    ["R$ 1.234,56", 1_234_56n],
    ["R$\u00a01.234,56", 1_234_56n],
    ["r$1234,56", 1_234_56n],
    ["1,234.56", 1_234_56n],
    ["1.234.567", 1_234_567_00n],
    ["1,234,567.8", 1_234_567_80n],
    ["0.01", 1n],
    ["  007 ", 7_00n],
    ["+15", 15_00n],
    ["90071992547409.91", MAX_CENTAVOS],
  ])("%j is read as %s centavos", (text, centavos) => {
    expect(parseReais(text)).toEqual({ ok: true, centavos });
  });

  test.each([
    ["", "amount-missing"],
    ["R$ ", "amount-missing"],
    ["-100", "amount-negative"],
    ["R$ -100,00", "amount-negative"],
    ["−1,00", "amount-negative"],
    ["0", "amount-zero"],
    ["0,00", "amount-zero"],
    ["200.005", "amount-ambiguous"],
    ["1.500", "amount-ambiguous"],
    ["1,500", "amount-ambiguous"],
    ["0.005", "amount-decimals"],
    ["1234.567", "amount-decimals"],
    ["12.3456", "amount-decimals"],
    ["1.234,567", "amount-decimals"],
    ["0.1234", "amount-decimals"],
    ["90071992547409.92", "amount-too-large"],
    ["9".repeat(60), "amount-too-large"],
    ["9".repeat(65), "amount-malformed"],
    ["1.23.45", "amount-malformed"],
    ["1.234.56", "amount-malformed"],
    ["1,234.567,89", "amount-malformed"],
    ["12,34.56", "amount-malformed"],
    ["0.123,45", "amount-malformed"],
    ["200.", "amount-malformed"],
    [".50", "amount-malformed"],
    ["1 234,56", "amount-malformed"],
    ["1e3", "amount-malformed"],
    ["NaN", "amount-malformed"],
    ["Infinity", "amount-malformed"],
    ["0x10", "amount-malformed"],
    ["١٢", "amount-malformed"],
    ["2OO", "amount-malformed"],
  ])("%j is refused: %s", (text, code) => {
    expect(parseReais(text)).toMatchObject({ ok: false, code });
  });

  test("is read with the thousands separator of the locale when it could be either", () => {
    const fifteenHundred = { ok: true, centavos: 1_500_00n };
    expect(parseReais("1.500", { locale: "pt-BR" })).toEqual(fifteenHundred);
    expect(parseReais("1,500", { locale: "en" })).toEqual(fifteenHundred);
    expect(parseReais("1.500", { locale: "en" })).toMatchObject({ code: "amount-ambiguous" });
    expect(parseReais("0.005", { locale: "pt-BR" })).toMatchObject({ code: "amount-decimals" });
  });

  test("may be zero where zero makes sense", () => {
    expect(parseReais("0,00", { zeroAllowed: true })).toEqual({ ok: true, centavos: 0n });
  });

  test("is written with the locale's separators", () => {
    expect(formatReais(1_234_56n, "pt-BR")).toBe("R$\u00a01.234,56");
    expect(formatReais(1_234_56n, "en")).toBe("R$\u00a01,234.56");
    expect(formatReais(-1_234_567_05n, "pt-BR")).toBe("-R$\u00a01.234.567,05");
    expect(formatReais(100_00n, "en")).toBe("R$\u00a0100.00");
    expect(formatReais(5n, "pt-BR")).toBe("R$\u00a00,05");
    expect(formatDecimal(1_234_56n)).toBe("1234.56");
    expect(formatDecimal(-5n)).toBe("-0.05");
  });

  test("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: MAX_CENTAVOS }), (centavos) => {
        const same = { ok: true, centavos };
        expect(parseReais(formatReais(centavos, "pt-BR"))).toEqual(same);
        expect(parseReais(formatReais(centavos, "en"))).toEqual(same);
        expect(parseReais(formatDecimal(centavos))).toEqual(same);
        expect(parseReais(formatDecimal(-centavos))).toMatchObject({ code: "amount-negative" });
      }),
    );
  });

  test("is refused or read, never thrown at, whatever is typed", () => {
    const typed = fc.string({ unit: fc.constantFrom(..."0123456789.,-R$ e".split("")) });
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseReais(text, { zeroAllowed: true });
        if (parsed.ok) expect(parsed.centavos >= 0n && parsed.centavos <= MAX_CENTAVOS).toBe(true);
      }),
    );
  });
});
