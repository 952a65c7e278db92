import { describe, expect, it } from "vitest";
import { Refused, WrongUsage } from "../exit.ts";
import { languageOf } from "../language/language.ts";
import { readAmount } from "./amount.ts";
import {
  readAccountReference,
  readClientReference,
  readTransactionReference,
} from "./references.ts";
import { readKey, readWhole } from "./scalars.ts";
import { readSides } from "./sides.ts";

const english = languageOf("en");

function codeOf(read: () => unknown): string {
  try {
    read();
    return "accepted";
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code;
    if (error instanceof WrongUsage) return "usage";
    throw error;
  }
}

describe("an amount", () => {
  it.each([
    ["200", 20_000],
    ["200.00", 20_000],
    ["200,00", 20_000],
    ["R$ 1.234,56", 123_456],
    ["1,234.56", 123_456],
    ["0.01", 1],
  ])("%s is %i centavos", (text, centavos) => {
    expect(readAmount(text, english)).toBe(centavos);
  });

  it.each([
    ["0", "amount-not-positive"],
    ["-100", "amount-not-positive"],
    ["99999999999999999", "amount-too-large"],
    ["200.005", "usage"],
    ["1e3", "usage"],
    ["NaN", "usage"],
    ["", "usage"],
    ["1.500", "usage"],
  ])("lesson 12: %s is %s", (text, code) => {
    expect(codeOf(() => readAmount(text, english))).toBe(code);
  });

  it("may be zero where that means none", () => {
    expect(readAmount("0", english, true)).toBe(0);
  });
});

describe("a reference", () => {
  it("to an account names its bank first, and may leave zeros and the dash out", () => {
    expect(readAccountReference("azul/00001-9", english)).toEqual({
      bank: "azul",
      account: "00001-9",
    });
    expect(readAccountReference("azul/19", english).account).toBe("00001-9");
  });

  it("with a wrong check digit goes to the bank, whose answer says so", () => {
    expect(readAccountReference("azul/99999-9", english).account).toBe("99999-9");
  });

  it.each(["azul", "azul/", "/10001-3", "azul/abc", "AZUL/10001-3", "azul/10001-3/x"])(
    "%s is none to an account",
    (text) => {
      expect(codeOf(() => readAccountReference(text, english))).toBe("usage");
    },
  );

  it("to a client keeps the slash of a masked CNPJ", () => {
    expect(readClientReference("ambar/12.ABC.345/01DE-35", english)).toEqual({
      bank: "ambar",
      client: "12.ABC.345/01DE-35",
    });
  });

  it("to a transfer is an id, with its coordinator where that is known", () => {
    const id = "0193a0b0-0000-7000-8000-000000000001";
    expect(readTransactionReference(id, english)).toEqual({ coordinator: null, id });
    expect(readTransactionReference(`verde/${id.toUpperCase()}`, english)).toEqual({
      coordinator: "verde",
      id,
    });
    expect(codeOf(() => readTransactionReference("verde/12", english))).toBe("usage");
  });
});

describe("the sides of a transfer", () => {
  it("give the sum to a single receiver without an amount", () => {
    const { from, to } = readSides(
      ["azul/10001-3:200", "verde/10001-3:300,00", "ambar/10001-3:R$ 150,00"],
      ["coral/10001-3"],
      english,
    );
    expect(from.map(({ amountCentavos }) => amountCentavos)).toEqual([20_000, 30_000, 15_000]);
    expect(to).toEqual([{ bank: "coral", account: "10001-3", amountCentavos: 65_000 }]);
  });

  it("keep each receiver's amount, and leave it to the bank whether they balance", () => {
    const { to } = readSides(["azul/10001-3:10"], ["coral/10001-3:4", "verde/10001-3:5"], english);
    expect(to.map(({ amountCentavos }) => amountCentavos)).toEqual([400, 500]);
    expect(readSides(["azul/10001-3:10"], ["coral/10001-3:4"], english).to[0]).toMatchObject({
      amountCentavos: 400,
    });
  });

  it("lesson 2: tell accounts of one number at different banks apart", () => {
    const { from, to } = readSides(["azul/10001-3:1"], ["verde/10001-3"], english);
    expect([from[0]?.bank, to[0]?.bank]).toEqual(["azul", "verde"]);
  });

  it("need an amount for every payer, and for every receiver of several", () => {
    expect(codeOf(() => readSides(["azul/10001-3"], ["verde/10001-3"], english))).toBe("usage");
    expect(
      codeOf(() => readSides(["azul/10001-3:2"], ["verde/10001-3", "coral/10001-3:1"], english)),
    ).toBe("usage");
  });

  it("lesson 12: refuse a negative transfer, which would steal", () => {
    expect(codeOf(() => readSides(["azul/10001-3:-100"], ["verde/10001-3"], english))).toBe(
      "amount-not-positive",
    );
  });
});

describe("a key", () => {
  it("is made anew unless given, and never twice the same", () => {
    expect(readKey("pay-rent-2026-11", english)).toBe("pay-rent-2026-11");
    expect(readKey(undefined, english)).not.toBe(readKey(undefined, english));
    expect(codeOf(() => readKey("short", english))).toBe("usage");
    expect(codeOf(() => readKey("with blanks in it", english))).toBe("usage");
  });
});

describe("a whole number", () => {
  it("lies within its bounds", () => {
    expect(readWhole("10", [1, 100], english)).toBe(10);
    for (const text of ["0", "101", "1.5", "-1", "x", ""]) {
      expect(codeOf(() => readWhole(text, [1, 100], english))).toBe("usage");
    }
  });
});
