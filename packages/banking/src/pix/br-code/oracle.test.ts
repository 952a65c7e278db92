import fc from "fast-check";
import { createStaticPix, hasError, parsePix } from "pix-utils";
import { expect, test } from "vitest";
import { buildBrCode } from "./build-br-code.ts";
import { parseBrCode } from "./parse-br-code.ts";

// pix-utils is an independent implementation: what one writes, the other reads.

const words = fc.string({
  unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPRSTUVXZ".split("")),
  minLength: 3,
  maxLength: 15,
});
const payments = fc.record({
  key: fc.constantFrom(
    { type: "EVP", value: "123e4567-e12b-12d1-a456-426655440000" } as const,
    { type: "EMAIL", value: "fulano@example.com" } as const,
    { type: "PHONE", value: "+5511987654321" } as const,
  ),
  name: words,
  city: words,
  txid: fc.option(words),
  centavos: fc.integer({ min: 1, max: 9_999_999 }),
});

test("pix-utils reads every static code that is written here as it was meant", () => {
  fc.assert(
    fc.property(payments, ({ key, name, city, txid, centavos }) => {
      const built = buildBrCode({
        kind: "static",
        merchant: { name, city, postalCode: null, categoryCode: "0000" },
        pointOfInitiation: null,
        amountCentavos: BigInt(centavos),
        key,
        txid,
        additionalInfo: null,
        withdrawalIspb: null,
      });
      if (!built.ok) throw new Error("it was not written");
      const read = parsePix(built.text);
      if (hasError(read)) throw new Error(`pix-utils refuses ${built.text}`);
      expect(read).toMatchObject({
        pixKey: key.value,
        merchantName: name,
        merchantCity: city,
        transactionAmount: centavos / 100,
      });
    }),
    { numRuns: 200 },
  );
});

test("every static code that pix-utils writes is read here as it was meant", () => {
  fc.assert(
    fc.property(payments, ({ key, name, city, centavos }) => {
      const written = createStaticPix({
        merchantName: name,
        merchantCity: city,
        pixKey: key.value,
        transactionAmount: centavos / 100,
      });
      if (hasError(written)) throw new Error("pix-utils did not write it");
      expect(parseBrCode(written.toBRCode())).toMatchObject({
        brCode: { kind: "static", key, amountCentavos: BigInt(centavos) },
        violations: [],
      });
    }),
    { numRuns: 200 },
  );
});
