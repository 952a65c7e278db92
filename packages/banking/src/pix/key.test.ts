import { describe, expect, test } from "vitest";
import { pixKeysMax, pixKeyType } from "./key.ts";
import { readPixKey } from "./read-key.ts";

const EVP = "123e4567-e12b-12d1-a456-426655440000";

describe("a PIX key", () => {
  test.each([
    ["390.533.447-05", "CPF", "39053344705"],
    ["08796742020", "CPF", "08796742020"],
    ["11.222.333/0001-81", "CNPJ", "11222333000181"],
    ["12.abc.345/01de-35", "CNPJ", "12ABC34501DE35"],
    ["+5510998765432", "PHONE", "+5510998765432"],
    ["+55 (11) 98765-4321", "PHONE", "+5511987654321"],
    ["(11) 98765-4321", "PHONE", "+5511987654321"],
    ["11987654321", "PHONE", "+5511987654321"],
    ["5511987654321", "PHONE", "+5511987654321"],
    ["+351912345678", "PHONE", "+351912345678"],
    [" Fulano.De-Tal@Example.COM ", "EMAIL", "fulano.de-tal@example.com"],
    [EVP.toUpperCase(), "EVP", EVP],
  ])("%j is the %s %s", (text, type, value) => {
    expect(readPixKey(text)).toMatchObject({ ok: true, key: { type, value } });
    expect(pixKeyType(value)).toBe(type);
  });

  test.each([
    ["", "pix-key-missing"],
    [`${"a".repeat(70)}@b.com.br`, "pix-key-too-long"],
    ["fulano", "pix-key-unrecognised"],
    ["1234567890", "pix-key-unrecognised"],
    ["39053344706", "pix-key-check-digits"],
    ["11122233300", "pix-key-check-digits"],
    ["11222333000150", "pix-key-check-digits"],
    ["a&b@example.com", "pix-key-malformed"],
    ["a@b@example.com", "pix-key-malformed"],
    ["fulano@-example.com", "pix-key-malformed"],
    ["fulano@exa mple.com", "pix-key-malformed"],
    ["+0511987654321", "pix-key-malformed"],
    ["+55 11 98765-432a", "pix-key-malformed"],
    ["(11) 3333-4444", "pix-key-malformed"],
    ["123e4567-e12b-12d1-a456-42665544000", "pix-key-malformed"],
  ])("%j is refused: %s", (text, code) => {
    expect(readPixKey(text)).toMatchObject({ ok: false, code });
  });

  test("lesson 40: takes a CPF that is also a mobile number for a CPF, and says so", () => {
    expect(readPixKey("51998259765")).toEqual({
      ok: true,
      key: { type: "CPF", value: "51998259765" },
      alternative: { type: "PHONE", value: "+5551998259765" },
    });
    expect(readPixKey("519.982.597-65")).toMatchObject({ key: { type: "CPF" }, alternative: null });
    expect(readPixKey("(51) 99825-9765")).toEqual({
      ok: true,
      key: { type: "PHONE", value: "+5551998259765" },
      alternative: null,
    });
  });

  test.each([
    "390.533.447-05",
    "11987654321",
    "Fulano@example.com",
    EVP.toUpperCase(),
    "12abc34501de35",
    "+",
    "",
  ])("%j is not in the directory's form", (text) => {
    expect(pixKeyType(text)).toBeNull();
  });
});

test("an individual's account has five keys at most, a company's twenty", () => {
  expect([pixKeysMax("individual"), pixKeysMax("company"), pixKeysMax(null)]).toEqual([5, 20, 5]);
});
