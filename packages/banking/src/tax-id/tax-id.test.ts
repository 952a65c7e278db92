import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { taxIdCheckDigits } from "./check-digits.ts";
import { formatTaxId, maskTaxId } from "./format-tax-id.ts";
import { isTaxId, parseTaxId } from "./parse-tax-id.ts";
import { taxIdKind } from "./tax-id.ts";

const CPFS =
  "39053344705 82178537464 55550207753 52998224725 12345678909 11144477735 19003847010 " +
  "65155174910 96654514483 36886261410 98511092587 55223736605 13378271000 40044826079 " +
  "08796742020 74172316085 15886489070 90889477086 51998259765";
const CNPJS =
  "16727230000197 03560714000142 34665388000161 01838723000127 11222333000181 12345678000195 " +
  "33000167000101 00000000000191 73797980000179 06946762000161 96051576000157 55585709000198 " +
  "99360938000180 23693443000100 32432147000147 91951438000100 13723705000189 60391947000100 " +
  "11444777000161 00038166000105";
const ALPHANUMERIC_CNPJS =
  "12ABC34501DE35 12ABC345000188 ABCDEFGHIJKL80 AA345678000A29 12345678000A08 AA345678000386 " +
  "Q0SLFMBD7VX439 1Z000000000039";

function mustParse(text: string) {
  const parsed = parseTaxId(text);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.taxId;
}

describe("a CPF", () => {
  test.each(CPFS.split(" "))("%s is valid", (text) => {
    expect(parseTaxId(text)).toEqual({ ok: true, taxId: text, kind: "cpf" });
    expect(isTaxId(text)).toBe(true);
  });

  test.each([
    ["12345678900", "tax-id-check-digits"],
    ["11122233300", "tax-id-check-digits"],
    ["28796742020", "tax-id-check-digits"],
    ["33378271000", "tax-id-check-digits"],
    ["11111111111", "tax-id-repeated-digits"],
    ["00000000000", "tax-id-repeated-digits"],
    ["99999999999", "tax-id-repeated-digits"],
    ["1234567890", "tax-id-length"],
    ["5299822472A", "tax-id-character"],
    ["", "tax-id-missing"],
    ["...", "tax-id-missing"],
  ])("%j is refused: %s", (text, code) => {
    expect(parseTaxId(text)).toMatchObject({ ok: false, code });
    expect(isTaxId(text)).toBe(false);
  });

  test("lesson 13: refuses wrong check digits and tells a person from a company", () => {
    expect(parseTaxId("39053344706")).toMatchObject({ code: "tax-id-check-digits", kind: "cpf" });
    expect(taxIdKind(mustParse("39053344705"))).toBe("cpf");
    expect(taxIdKind(mustParse("11222333000181"))).toBe("cnpj");
  });

  test("lesson 23: keeps leading zeros", () => {
    expect(mustParse("087.967.420-20")).toBe("08796742020");
    expect(formatTaxId(mustParse("08796742020"))).toBe("087.967.420-20");
  });

  test("lesson 42: refuses the invalid examples of official documents", () => {
    expect(parseTaxId("11122233300")).toMatchObject({ code: "tax-id-check-digits" });
    expect(taxIdCheckDigits("111222333")).toBe("96");
    expect(parseTaxId("11222333000150")).toMatchObject({ code: "tax-id-check-digits" });
  });

  test("is shown masked to a payer", () => {
    expect(maskTaxId(mustParse("390.533.447-05"))).toBe("***.533.447-**");
  });

  test("says which character does not belong, where it was typed", () => {
    expect(parseTaxId("529.982.247-2A")).toEqual({
      ok: false,
      code: "tax-id-character",
      character: "A",
      position: 13,
    });
    expect(parseTaxId("529_98224725")).toMatchObject({ character: "_", position: 3 });
    expect(parseTaxId("😀52998224725")).toMatchObject({ character: "😀", position: 0 });
    expect(parseTaxId("1234567890")).toMatchObject({ length: 10 });
  });
});

describe("a CNPJ", () => {
  test.each(`${CNPJS} ${ALPHANUMERIC_CNPJS}`.split(" "))("%s is valid", (text) => {
    expect(parseTaxId(text)).toEqual({ ok: true, taxId: text, kind: "cnpj" });
    expect(isTaxId(text)).toBe(true);
  });

  test.each([
    ["11222333000150", "tax-id-check-digits"],
    ["53797980000179", "tax-id-check-digits"],
    ["ABCDEFGHIJKL81", "tax-id-check-digits"],
    ["Q0SLFMBD7VX400", "tax-id-check-digits"],
    ["AA345678000329", "tax-id-check-digits"],
    ["12ABC34501DE99", "tax-id-check-digits"],
    ["11111111111111", "tax-id-repeated-digits"],
    ["00000000000000", "tax-id-repeated-digits"],
    ["12ABC34501DEA5", "tax-id-character"],
    ["1372370500018", "tax-id-length"],
    ["12ABC34501DEſ5", "tax-id-character"],
  ])("%j is refused: %s", (text, code) => {
    expect(parseTaxId(text)).toMatchObject({ ok: false, code });
  });

  test("lesson 41: holds letters, typed in either case and stored in capitals", () => {
    expect(mustParse("12.abc.345/01de-35")).toBe("12ABC34501DE35");
    expect(isTaxId("12abc34501de35")).toBe(false);
    expect(formatTaxId(mustParse("12ABC34501DE35"))).toBe("12.ABC.345/01DE-35");
    expect(maskTaxId(mustParse("12ABC34501DE35"))).toBe("**.ABC.345/01DE-**");
  });
});

const DIGITS = "0123456789".split("");
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
const stems = fc.oneof(
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 9, maxLength: 9 }),
  fc.string({
    unit: fc.constantFrom(...DIGITS, ...LETTERS),
    minLength: 12,
    maxLength: 12,
  }),
);

test("every stem with its check digits is a tax id and is read back from its mask", () => {
  fc.assert(
    fc.property(stems, (stem) => {
      const text = stem + taxIdCheckDigits(stem);
      fc.pre(!/^(.)\1*$/.test(text));
      expect(isTaxId(text)).toBe(true);
      expect(mustParse(formatTaxId(mustParse(text)))).toBe(text);
    }),
  );
});

test("other check digits are refused", () => {
  fc.assert(
    fc.property(stems, fc.nat({ max: 99 }), (stem, number) => {
      const digits = String(number).padStart(2, "0");
      fc.pre(digits !== taxIdCheckDigits(stem));
      expect(parseTaxId(stem + digits).ok).toBe(false);
    }),
  );
});
