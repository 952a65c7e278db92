import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc16 } from "../crc16.ts";
import { parseBrCode } from "./parse-br-code.ts";
import { repairBrCode } from "./repair-br-code.ts";
import { writeTlv } from "./tlv.ts";

const EVP = "123e4567-e12b-12d1-a456-426655440000";
const ACCOUNT = `26580014br.gov.bcb.pix0136${EVP}`;
const STATIC = `000201${ACCOUNT}5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D`;

function signed(body: string): string {
  return `${body}6304${crc16(`${body}6304`)}`;
}

function staticWith(part: string, replacement: string): string {
  const body = STATIC.slice(0, -8);
  if (!body.includes(part)) throw new Error(`${part} is not in the code`);
  return signed(body.replace(part, replacement));
}

function findingsOf(text: string) {
  return parseBrCode(text).violations.map(({ rule, path, start, end }) => [
    rule,
    path,
    text.slice(start, end),
  ]);
}

describe("a BR Code from elsewhere", () => {
  test("counts characters, not bytes or UTF-16 units", () => {
    const accents = staticWith("6008BRASILIA", "6009São Paulo");
    expect(parseBrCode(accents).brCode).toMatchObject({ merchant: { city: "São Paulo" } });
    const picture = staticWith("5913Fulano de Tal", "5907Bar 🍺🍺!");
    expect(parseBrCode(picture).brCode).toMatchObject({ merchant: { name: "Bar 🍺🍺!" } });
  });

  test("that counts bytes is told so, at each length that differs, and mended", () => {
    const text = staticWith("6008BRASILIA", "6010São Paulo");
    expect(findingsOf(text)).toEqual([["length-in-bytes", "60", "10"]]);
    expect(parseBrCode(text).brCode).toBeNull();
    expect(repairBrCode(text)).toMatchObject({
      kind: "repaired",
      brCode: { merchant: { city: "São Paulo" } },
    });
  });

  test("may carry other arrangements that nobody here can read", () => {
    const opaque = `2712opaque bytes${ACCOUNT}`;
    const text = staticWith(ACCOUNT, opaque);
    expect(findingsOf(text)).toEqual([["foreign-template", "27", "opaque bytes"]]);
    expect(parseBrCode(text).brCode).toMatchObject({ kind: "static", key: { value: EVP } });
    const unreserved = staticWith("62070503***", "62070503***8512not an entry");
    expect(parseBrCode(unreserved).brCode).toMatchObject({ kind: "static" });
    const other = staticWith("62070503***", `62070503***91${writeTlv("00", "com.example").length}`);
    expect(parseBrCode(other).brCode).toBeNull();
  });

  test("may carry objects that are not of PIX: cards, language, reserved ones", () => {
    const text = staticWith(ACCOUNT, `02164000000000000000${ACCOUNT}`);
    expect(parseBrCode(text).violations).toEqual([]);
    const language = staticWith(
      "62070503***",
      `62070503***${writeTlv("64", "0002PT0108Fulano d")}`,
    );
    expect(parseBrCode(language).violations).toEqual([]);
  });

  test.each(["63", "630", "6304", "63041", "63041D", "63041D3"])(
    "whose check sum ends at %j lacks it, and is given it",
    (tail) => {
      const text = STATIC.slice(0, -8) + tail;
      expect(findingsOf(text)).toEqual([["crc-missing", "63", tail]]);
      expect(repairBrCode(text)).toMatchObject({ kind: "repaired", text: STATIC });
    },
  );

  test("with something behind its check sum has that underlined, and cut off", () => {
    for (const tail of [".", " Pague já", "6108BRASIL"]) {
      const text = STATIC + tail;
      expect(findingsOf(text)).toEqual([["crc-not-last", "63", tail]]);
      expect(repairBrCode(text)).toMatchObject({ kind: "repaired", text: STATIC });
    }
  });

  test("with a heading, a wrapped line or invisible marks is mended", () => {
    const wrapped = `Pix copia e cola: ${STATIC.slice(0, 50)}\n${STATIC.slice(50)}\u200b`;
    expect(repairBrCode(wrapped)).toMatchObject({ kind: "repaired", text: STATIC });
  });

  test.each([
    ["6208", "6207", "62070503***", "62080503***"],
    ["5914", "5913", "5913Fulano de Tal", "5914Fulano de Tal"],
    ["5912", "5913", "5913Fulano de Tal", "5912Fulano de Tal"],
    ["2657", "2658", "2658", "2657"],
    ["0135", "0136", "0136", "0135"],
    ["5203", "5204", "52040000", "52030000"],
    ["0504", "0503", "0503***", "0504***"],
  ])(
    "that says %s where %s belongs is read with the right length",
    (before, after, part, wrong) => {
      const repair = repairBrCode(staticWith(part, wrong));
      if (repair.kind !== "repaired") throw new Error(JSON.stringify(repair));
      expect(repair.text).toBe(STATIC);
      expect(repair.repairs[0]).toMatchObject({ before, after });
    },
  );

  test("whose key grew without its lengths has both set right", () => {
    const phone = staticWith(ACCOUNT, "26330014br.gov.bcb.pix0111+5511987654321");
    expect(repairBrCode(phone)).toMatchObject({
      kind: "repaired",
      brCode: { key: { type: "PHONE", value: "+5511987654321" } },
    });
  });

  test("without format, or with a kind of use that does not exist, is mended", () => {
    expect(repairBrCode(staticWith("000201", ""))).toMatchObject({ text: STATIC });
    expect(repairBrCode(staticWith("000201", "000201010213"))).toMatchObject({ text: STATIC });
  });

  test("is never both sound and altered: one character gone, doubled or swapped is noticed", () => {
    fc.assert(
      fc.property(fc.nat({ max: STATIC.length - 2 }), fc.constantFrom(0, 1, 2), (at, change) => {
        const [here, next] = [STATIC.charAt(at), STATIC.charAt(at + 1)];
        const middle = [next, here + here + next, next + here][change];
        const changed = STATIC.slice(0, at) + middle + STATIC.slice(at + 2);
        fc.pre(changed !== STATIC);
        expect(parseBrCode(changed).brCode).toBeNull();
      }),
    );
  });

  test("each violation points into the text", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: STATIC.length }),
        fc.nat({ max: 4 }),
        fc.string({ unit: "grapheme", maxLength: 4 }),
        (at, length, insert) => {
          const text = STATIC.slice(0, at) + insert + STATIC.slice(at + length);
          const { brCode, violations } = parseBrCode(text);
          for (const { start, end } of violations) {
            expect(start).toBeLessThanOrEqual(end);
            expect(end).toBeLessThanOrEqual(text.length);
          }
          expect(brCode === null).toBe(violations.some(({ severity }) => severity === "error"));
        },
      ),
    );
  });
});
