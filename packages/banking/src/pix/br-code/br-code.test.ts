import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_CENTAVOS } from "../../money/centavos.ts";
import { crc16 } from "../crc16.ts";
import type { BrCode, DynamicBrCode, StaticBrCode } from "./br-code.ts";
import { buildBrCode } from "./build-br-code.ts";
import { merchantText } from "./merchant-text.ts";
import { parseBrCode } from "./parse-br-code.ts";
import { repairBrCode } from "./repair-br-code.ts";
import { writeTlv } from "./tlv.ts";

const EVP = "123e4567-e12b-12d1-a456-426655440000";
const MERCHANT = "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***";
const RECURRENCE = "80740014br.gov.bcb.pix2552pix.example.com/rec/2353c790eefb11eaadc10242ac120002";
const CHARGE =
  "00020101021226700014br.gov.bcb.pix2548pix.example.com/8b3da2f39a4140d1a91abd93113bd441";

/** Manual de Padrões para Iniciação do Pix v2.10.0. */
const STATIC = `00020126580014br.gov.bcb.pix0136${EVP}${MERCHANT}63041D3D`;
const DYNAMIC = `${CHARGE}${MERCHANT}630464E4`;
const RECURRENCE_ONLY = `00020126180014br.gov.bcb.pix${MERCHANT}${RECURRENCE}6304F2DA`;
const STATIC_AND_RECURRENCE = STATIC.replace("5802BR", "5406100.505802BR")
  .replace("63041D3D", RECURRENCE)
  .concat("63042875");
const DYNAMIC_AND_RECURRENCE = `${CHARGE}${MERCHANT}${RECURRENCE}6304FB42`;

/** pix-api 2.9.0, examples of `pixCopiaECola`. */
const PIX_API = [
  `00020101021226760014br.gov.bcb.pix2554pix.example.com/qr/v2/8b3da2f39a4140d1a91abd93113bd441${MERCHANT}80800014br.gov.bcb.pix2558pix.example.com/qr/v2/rec/94ed2badcbc04c15b0bb7fa35319489063047741`,
  `00020101021226810014br.gov.bcb.pix2559pix.example.com/qr/v2/cobv/1e6c54d3ec9449b7a7fc53b6b0f998e7${MERCHANT}80800014br.gov.bcb.pix2558pix.example.com/qr/v2/rec/3ffa640fa4f14080adccb949fa2dc0d06304A441`,
  `00020126180014br.gov.bcb.pix${MERCHANT}80800014br.gov.bcb.pix2558pix.example.com/qr/v2/rec/2353c790eefb11eaadc10242ac120002630462C9`,
];

/** The text with a right check sum at its end. */
function signed(text: string): string {
  return `${text}6304${crc16(`${text}6304`)}`;
}

/** The official static code with one part replaced, check sum right. */
function staticWith(part: string, replacement: string): string {
  const body = STATIC.slice(0, -8);
  if (!body.includes(part)) throw new Error(`${part} is not in the code`);
  return signed(body.replace(part, replacement));
}

function rulesOf(text: string): string[] {
  return parseBrCode(text).violations.map(({ rule }) => rule);
}

test("the check sum of 123456789 is 29B1, and accents count as UTF-8", () => {
  expect(crc16("123456789")).toBe("29B1");
  expect(crc16("")).toBe("FFFF");
  expect(crc16("São Paulo")).toBe("E390");
  expect(crc16("€ 1")).toBe("B6BA");
  expect(crc16("pix 😀")).toBe("9201");
  expect(crc16("\ud800")).toBe(crc16("\ufffd"));
});

describe("a sound BR Code", () => {
  const merchant = {
    name: "Fulano de Tal",
    city: "BRASILIA",
    postalCode: null,
    categoryCode: "0000",
  };
  const base = { merchant, pointOfInitiation: null, amountCentavos: null };
  const pays: StaticBrCode = {
    kind: "static",
    ...base,
    key: { type: "EVP", value: EVP },
    txid: null,
    additionalInfo: null,
    withdrawalIspb: null,
  };
  const charges: DynamicBrCode = {
    kind: "dynamic",
    ...base,
    pointOfInitiation: "12",
    url: "pix.example.com/8b3da2f39a4140d1a91abd93113bd441",
  };
  const recurrenceUrl = "pix.example.com/rec/2353c790eefb11eaadc10242ac120002";

  test.each<[string, string, BrCode]>([
    ["static", STATIC, pays],
    ["dynamic", DYNAMIC, charges],
    ["of a recurrence", RECURRENCE_ONLY, { kind: "recurrence", ...base, recurrenceUrl }],
    [
      "static with recurrence",
      STATIC_AND_RECURRENCE,
      { kind: "composite", payment: { ...pays, amountCentavos: 100_50n }, recurrenceUrl },
    ],
    [
      "dynamic with recurrence",
      DYNAMIC_AND_RECURRENCE,
      { kind: "composite", payment: charges, recurrenceUrl },
    ],
  ])("%s is read as the manual means it", (_, text, brCode) => {
    expect(parseBrCode(text)).toMatchObject({ brCode, violations: [] });
  });

  test.each(PIX_API)("of pix-api is read: %s", (text) => {
    const { brCode, violations } = parseBrCode(text);
    expect(violations).toEqual([]);
    expect(brCode?.kind).toMatch(/^(composite|recurrence)$/);
  });

  test("may have blanks around it and a check sum in lower case", () => {
    const { brCode, violations } = parseBrCode(`\n ${STATIC.slice(0, -4)}1d3d \n`);
    expect(brCode).toEqual(pays);
    expect(violations).toEqual([
      {
        rule: "crc-lower-case",
        severity: "warning",
        path: "63",
        start: STATIC.length - 2,
        end: STATIC.length + 2,
        expected: "1D3D",
      },
    ]);
  });

  test("may write the arrangement in capitals, and leave 01 out or say 11", () => {
    expect(rulesOf(staticWith("br.gov.bcb.pix", "BR.GOV.BCB.PIX"))).toEqual([]);
    expect(rulesOf(staticWith("000201", "000201010211"))).toEqual([]);
    expect(rulesOf(signed(DYNAMIC.slice(0, -8).replace("010212", "")))).toEqual([]);
    expect(rulesOf(signed(DYNAMIC.slice(0, -8).replace("010212", "010211")))).toEqual([]);
  });

  test.each([
    ["98.", 98_00n],
    ["98", 98_00n],
    ["98.7", 98_70n],
    ["98.73", 98_73n],
    ["0.01", 1n],
    ["9999999999.99", 9_999_999_999_99n],
  ])("may ask for %s", (amount, amountCentavos) => {
    const { brCode } = parseBrCode(staticWith("5802BR", `${writeTlv("54", amount)}5802BR`));
    expect(brCode).toEqual({ ...pays, amountCentavos });
  });

  test("may ask for 0.00 when cash is withdrawn or a charge tells the amount", () => {
    const zero = `${writeTlv("54", "0.00")}5802BR`;
    const account = `0014br.gov.bcb.pix0136${EVP}`;
    const withdrawal = staticWith(`2658${account}`, writeTlv("26", `${account}030812345678`));
    const text = signed(withdrawal.slice(0, -8).replace("5802BR", zero));
    expect(parseBrCode(text).brCode).toEqual({
      ...pays,
      amountCentavos: 0n,
      withdrawalIspb: "12345678",
    });
    expect(rulesOf(signed(DYNAMIC.slice(0, -8).replace("5802BR", zero)))).toEqual([]);
  });

  test("of a recurrence may say 0.00, for it pays nothing now", () => {
    const text = signed(RECURRENCE_ONLY.slice(0, -8).replace("5802BR", "54040.005802BR"));
    expect(rulesOf(text)).toEqual([]);
  });

  test("may have a URL of 77 characters", () => {
    const url = writeTlv("25", `pix.example.com/${"a".repeat(61)}`);
    const code = staticWith(
      `26580014br.gov.bcb.pix0136${EVP}`,
      writeTlv("26", `0014br.gov.bcb.pix${url}`),
    );
    expect(rulesOf(code)).toEqual([]);
  });

  test("beside other arrangements is found in any of 26 to 51", () => {
    const other = writeTlv("26", writeTlv("00", "com.example.pay"));
    expect(parseBrCode(staticWith("2658", `${other}2758`)).brCode).toEqual(pays);
  });

  test("that names a charge's txid beside its URL is read with a warning", () => {
    const text = signed(DYNAMIC.slice(0, -8).replace("62070503***", "62090505abc12"));
    const { brCode, violations } = parseBrCode(text);
    expect(brCode?.kind).toBe("dynamic");
    expect(violations).toMatchObject([{ rule: "txid-beside-url", severity: "warning" }]);
  });
});

describe("a BR Code is refused", () => {
  const zero = `${writeTlv("54", "0.00")}5802BR`;
  const amount = (text: string) => `${writeTlv("54", text)}5802BR`;
  const account = (...objects: string[]) =>
    writeTlv("26", writeTlv("00", "br.gov.bcb.pix") + objects.join(""));
  const official = `26580014br.gov.bcb.pix0136${EVP}`;
  const url = writeTlv("25", "pix.example.com/8b3da2f39a4140d1a91abd93113bd441");

  test.each<[string, string, string, string]>([
    ["version 02", "000201", "000202", "payload-format"],
    ["no version", "000201", "", "payload-format"],
    ["the version twice", "000201", "000201000201", "duplicate"],
    ["01 = 13", "000201", "000201010213", "point-of-initiation"],
    ["dollars", "5303986", "5303840", "currency"],
    ["no currency", "5303986", "", "currency"],
    ["Argentina", "5802BR", "5802AR", "country"],
    ["br in lower case", "5802BR", "5802br", "country"],
    ["no category", "52040000", "", "category-code"],
    ["no name", "5913Fulano de Tal", "", "merchant-name"],
    ["a name of 26", "5913Fulano de Tal", `5926${"A".repeat(26)}`, "merchant-name"],
    ["no city", "6008BRASILIA", "", "merchant-city"],
    ["lesson 39: a city of 19", "6008BRASILIA", `6019${"A".repeat(19)}`, "merchant-city"],
    ["no additional data", "62070503***", "", "additional-data-missing"],
    ["no txid", "62070503***", "62070003abc", "txid-missing"],
    ["lesson 39: a dash in the txid", "62070503***", "62190515RP12345678-2019", "txid"],
    ["a txid of 26", "62070503***", `62300526${"a".repeat(26)}`, "txid"],
    ["lesson 39: amount 0.00", "5802BR", zero, "amount-zero"],
    ["letters in the amount", "5802BR", amount("1R3.45"), "amount"],
    ["a comma in the amount", "5802BR", amount("98,73"), "amount"],
    ["an amount of 14", "5802BR", amount("99999999999.99"), "amount"],
    ["three decimals", "5802BR", amount("98.734"), "amount"],
    ["another arrangement", "br.gov.bcb.pix", "br.gov.bcb.pax", "pix-account-missing"],
    ["neither key nor URL", official, account(), "neither-key-nor-url"],
    [
      "lesson 39: key and URL",
      official,
      account(writeTlv("01", "+5511987654321"), url),
      "key-and-url",
    ],
    ["a masked CPF", official, account(writeTlv("01", "390.533.447-05")), "key"],
    ["a CPF with wrong digits", official, account(writeTlv("01", "11122233300")), "key"],
    ["a scheme", official, account(writeTlv("25", "https://pix.example.com/8b3d")), "url-scheme"],
    [
      "additional information of 73",
      official,
      account(writeTlv("02", "a".repeat(73))),
      "additional-info",
    ],
    [
      "two recurrences",
      "62070503***",
      `62070503***${RECURRENCE}${RECURRENCE.replace("8074", "8174")}`,
      "recurrence-twice",
    ],
    ["a blank in the URL", official, account(writeTlv("25", "pix.example.com/8b 3d")), "url"],
    ["a URL without path", official, account(writeTlv("25", "pix.example.com")), "url"],
    ["cash from nowhere", official, `2670${official.slice(4)}0308abcdefgh`, "withdrawal-ispb"],
    ["PIX twice", official, `${official}27${official.slice(2)}`, "pix-account-twice"],
    [
      "a recurrence without URL",
      "62070503***",
      "62070503***80180014br.gov.bcb.pix",
      "recurrence-url-missing",
    ],
  ])("for %s", (_, part, replacement, rule) => {
    expect(rulesOf(staticWith(part, replacement))).toContain(rule);
    expect(parseBrCode(staticWith(part, replacement)).brCode).toBeNull();
  });

  test.each([
    ["nothing", "", "empty"],
    ["blanks", " \n", "empty"],
    ["a boleto", "34191.79001 01043.510047 91020.150008 2 90370000020000", "boleto"],
    ["a flood", "0".repeat(513), "too-long"],
    ["an object longer than the code", "00020126990014br.gov.bcb.pix6304BEFF", "tlv-overrun"],
    ["an id that is no number", "000X016304EAB2", "tlv-length"],
    ["letters for an id", "X0020163041234", "tlv-id"],
    ["an object of length 00", STATIC.replace("5802BR", "58005802BR"), "tlv-length"],
    ["a wrong check sum", `${STATIC.slice(0, -4)}1D3E`, "crc"],
    ["no check sum", STATIC.slice(0, -8), "crc-missing"],
    ["something after the check sum", `${STATIC}61018`, "crc-not-last"],
    ["a template that overruns", staticWith("62070503***", "62070504***"), "tlv-overrun"],
  ])("for %s", (_, text, rule) => {
    const { brCode, violations } = parseBrCode(text);
    expect(brCode).toBeNull();
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });

  test("lesson 39: for a check sum hidden inside another object", () => {
    const hidden = `${STATIC.slice(0, -8)}99086304`;
    expect(rulesOf(hidden + crc16(hidden))).toEqual(["crc-missing"]);
  });

  test("for everything that is wrong with it, each underlined", () => {
    const body = STATIC.slice(0, -8)
      .replace(EVP, EVP.toUpperCase())
      .replace("6008BRASILIA", "6019SAO JOSE DOS CAMPOS")
      .replace("62070503***", "62190515RP12345678-2019");
    const text = `  ${signed(body)}`;
    const { violations } = parseBrCode(text);
    expect(
      violations.map(({ rule, path, start, end }) => [rule, path, text.slice(start, end)]),
    ).toEqual([
      ["key", "26.01", EVP.toUpperCase()],
      ["merchant-city", "60", "SAO JOSE DOS CAMPOS"],
      ["txid", "62.05", "RP12345678-2019"],
    ]);
  });
});

describe("a BR Code with a right check sum, known from other test suites,", () => {
  const account = `26580014br.gov.bcb.pix0136${EVP}`;

  test("single use, with a CPF for key, is sound", () => {
    const text = staticWith(account, "01021226330014br.gov.bcb.pix011112345678909");
    expect(text.slice(-4)).toBe("3CAC");
    expect(rulesOf(text)).toEqual([]);
  });

  test.each([
    ["000201", "000202", "BAA3", "payload-format"],
    ["000201", "000201010213", "7DC6", "point-of-initiation"],
    ["5303986", "5303840", "0C88", "currency"],
    ["5802BR", "5802AR", "F417", "country"],
    ["52040000", "", "05E3", "category-code"],
    ["5913Fulano de Tal", "", "52B8", "merchant-name"],
    ["6008BRASILIA", "", "7718", "merchant-city"],
    ["62070503***", "", "740C", "additional-data-missing"],
    ["5802BR", "54061R3.455802BR", "9FEF", "amount"],
    ["5802BR", "54040.005802BR", "2451", "amount-zero"],
    [account, "26180014br.gov.bcb.pix", "A335", "neither-key-nor-url"],
  ])("%s replaced by %j, ending in %s, is refused: %s alone", (part, replacement, crc, rule) => {
    const text = staticWith(part, replacement);
    expect(text.slice(-4)).toBe(crc);
    expect(rulesOf(text)).toEqual([rule]);
  });
});

describe("writing a BR Code", () => {
  const alphanumeric = fc.constantFrom(..."abcXYZ0189".split(""));
  const name = fc
    .string({ unit: fc.constantFrom(..."ABC DEFZ09.&-".split("")), minLength: 1, maxLength: 25 })
    .filter((text) => merchantText(text, 25) === text && text !== "");
  const base = {
    merchant: fc.record({
      name,
      city: name.filter((text) => text.length <= 15),
      postalCode: fc.constantFrom(null, "01310930"),
      categoryCode: fc.constantFrom("0000", "5411"),
    }),
    pointOfInitiation: fc.constantFrom("11" as const, "12" as const, null),
    amountCentavos: fc.option(fc.bigInt({ min: 1n, max: 9_999_999_999_99n })),
  };
  const statics = fc.record({
    kind: fc.constant("static" as const),
    ...base,
    key: fc.constantFrom(
      { type: "EVP", value: EVP } as const,
      { type: "CPF", value: "08796742020" } as const,
      { type: "CNPJ", value: "12ABC34501DE35" } as const,
      { type: "PHONE", value: "+5511987654321" } as const,
      { type: "EMAIL", value: "fulano@example.com" } as const,
    ),
    txid: fc.option(fc.string({ unit: alphanumeric, minLength: 1, maxLength: 25 })),
    additionalInfo: fc.option(fc.string({ unit: alphanumeric, minLength: 1, maxLength: 20 })),
    withdrawalIspb: fc.constantFrom(null, "00038166", "12ABC345"),
  });
  const urls = fc
    .string({ unit: alphanumeric, minLength: 1, maxLength: 60 })
    .map((path) => `pix.example.com/${path}`);
  const dynamics = fc.record({ kind: fc.constant("dynamic" as const), ...base, url: urls });
  const codes: fc.Arbitrary<BrCode> = fc.oneof(
    statics,
    dynamics,
    fc.record({ kind: fc.constant("recurrence" as const), ...base, recurrenceUrl: urls }),
    fc.record({
      kind: fc.constant("composite" as const),
      payment: fc.oneof(statics, dynamics),
      recurrenceUrl: urls,
    }),
  );

  function mustBuild(code: BrCode): string {
    const built = buildBrCode(code);
    if (!built.ok) throw new Error(JSON.stringify(built.violations));
    return built.text;
  }

  test("parse(build(x)) = x", () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(parseBrCode(mustBuild(code))).toMatchObject({ brCode: code, violations: [] });
      }),
    );
  });

  test("any one character changed is noticed", () => {
    const changes = fc.tuple(codes, fc.nat(), fc.constantFrom(..."0aZ9 *".split("")));
    fc.assert(
      fc.property(changes, ([code, position, character]) => {
        const text = mustBuild(code);
        const at = position % text.length;
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        fc.pre(changed.trim().toUpperCase() !== text.toUpperCase());
        expect(parseBrCode(changed).brCode).toBeNull();
      }),
    );
  });

  test("the manual's codes come out as they went in, but for capitals", () => {
    for (const text of [STATIC, DYNAMIC, RECURRENCE_ONLY, STATIC_AND_RECURRENCE, ...PIX_API]) {
      const { brCode } = parseBrCode(text);
      if (!brCode) throw new Error(text);
      const capitals = text.replace("Fulano de Tal", "FULANO DE TAL").slice(0, -8);
      expect(mustBuild(brCode)).toBe(signed(capitals));
    }
  });

  test("plain letters for name and city, cut to 25 and 15", () => {
    const text = mustBuild({
      kind: "static",
      merchant: {
        name: "Padaria São João da Conceição Ltda",
        city: "São José dos Campos",
        postalCode: null,
        categoryCode: "0000",
      },
      pointOfInitiation: null,
      amountCentavos: null,
      key: { type: "EVP", value: EVP },
      txid: null,
      additionalInfo: "Pão às 6",
      withdrawalIspb: null,
    });
    expect(text).toContain("5925PADARIA SAO JOAO DA CONCE6015SAO JOSE DOS CA");
    expect(text).toContain("0208Pao as 6");
    expect(merchantText("日本", 25)).toBe("");
  });

  test("nothing that a reader would refuse", () => {
    const sound = parseBrCode(STATIC).brCode;
    if (sound?.kind !== "static") throw new Error("not static");
    const rulesWith = (fields: Partial<StaticBrCode>) => {
      const built = buildBrCode({ ...sound, ...fields });
      return built.ok ? [] : built.violations.map(({ rule }) => rule);
    };
    expect(rulesWith({})).toEqual([]);
    expect(rulesWith({ txid: "RP-1" })).toEqual(["txid"]);
    expect(rulesWith({ amountCentavos: 0n })).toEqual(["amount-zero"]);
    expect(rulesWith({ amountCentavos: MAX_CENTAVOS })).toEqual(["amount"]);
    expect(rulesWith({ amountCentavos: -1n })).toEqual(["amount"]);
    expect(rulesWith({ key: { type: "CPF", value: "11122233300" } })).toEqual(["key"]);
    expect(rulesWith({ additionalInfo: "a".repeat(60) })).toEqual(["value-length"]);
    expect(rulesWith({ merchant: { ...sound.merchant, name: "日本" } })).toEqual(["value-length"]);
  });
});

describe("the doctor", () => {
  test("finds nothing wrong with a sound code", () => {
    expect(repairBrCode(STATIC)).toEqual({ kind: "sound" });
  });

  test.each<[string, string, string]>([
    ["a txid with a dash", "62070503***", "62190515RP12345678-2019"],
    ["a city too long", "6008BRASILIA", "6019SAO JOSE DOS CAMPOS"],
    ["a comma in the amount", "5802BR", "540598,735802BR"],
    ["an amount of zero", "5802BR", "54040.005802BR"],
    ["br in lower case", "5802BR", "5802br"],
    ["a currency left out", "5303986", ""],
    ["additional data left out", "62070503***", ""],
    ["an object twice", "5802BR", "5802BR5802BR"],
    ["the version in second place", "00020126580014", "5802BR00020126580014"],
  ])("repairs %s", (_, part, replacement) => {
    const broken = staticWith(part, replacement);
    const repair = repairBrCode(broken);
    if (repair.kind !== "repaired") throw new Error(JSON.stringify(repair));
    expect(parseBrCode(repair.text)).toMatchObject({ brCode: repair.brCode, violations: [] });
    expect(repair.repairs.length).toBeGreaterThan(0);
  });

  test("says what it altered", () => {
    const broken = staticWith("62070503***", "62190515RP12345678-2019");
    const repair = repairBrCode(broken);
    if (repair.kind !== "repaired") throw new Error(repair.kind);
    expect(repair.repairs).toEqual([
      { path: "62.05", before: "RP12345678-2019", after: "RP123456782019" },
      { path: "63", before: broken.slice(-4), after: repair.text.slice(-4) },
    ]);
  });

  test("repairs a check sum, a scheme, a masked key and broken lines", () => {
    expect(repairBrCode(`${STATIC.slice(0, -4)}0000`)).toMatchObject({
      kind: "repaired",
      text: STATIC,
    });
    const wrapped = `${STATIC.slice(0, 40)}\r\n${STATIC.slice(40)}`;
    expect(repairBrCode(wrapped)).toMatchObject({ kind: "repaired", text: STATIC, repairs: [] });
    const account = `26580014br.gov.bcb.pix0136${EVP}`;
    const masked = writeTlv("26", "0014br.gov.bcb.pix0114390.533.447-05");
    expect(repairBrCode(staticWith(account, masked))).toMatchObject({
      repairs: [{ path: "26.01", after: "39053344705" }, { path: "63" }],
    });
    const scheme = writeTlv("26", "0014br.gov.bcb.pix2523https://pix.example.c/1");
    expect(repairBrCode(staticWith(account, scheme))).toMatchObject({
      repairs: [{ path: "26.25", after: "pix.example.c/1" }, { path: "63" }],
    });
  });

  test.each([
    ["", "empty"],
    ["00020126990014br.gov.bcb.pix6304BEFF", "tlv-overrun"],
    [staticWith("5303986", "5303840"), "currency"],
    [staticWith("5802BR", "5802AR"), "country"],
    [staticWith("5913Fulano de Tal", ""), "merchant-name"],
    [staticWith("62070503***", `62300526${"a".repeat(26)}`), "txid"],
  ])("gives %j up: %s", (text, rule) => {
    expect(repairBrCode(text)).toMatchObject({ kind: "beyond-repair", violations: [{ rule }] });
  });

  test("never throws, whatever it is shown", () => {
    const cuts = fc.tuple(fc.nat({ max: STATIC.length }), fc.nat({ max: 9 }), fc.string());
    fc.assert(
      fc.property(cuts, ([at, length, insert]) => {
        const text = STATIC.slice(0, at) + insert + STATIC.slice(at + length);
        expect(["sound", "repaired", "beyond-repair"]).toContain(repairBrCode(text).kind);
      }),
    );
  });
});
