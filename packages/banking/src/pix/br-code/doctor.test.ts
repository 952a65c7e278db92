import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc16 } from "../crc16.ts";
import type { BrCode } from "./br-code.ts";
import { buildBrCode } from "./build-br-code.ts";
import { parseBrCode } from "./parse-br-code.ts";
import { repairBrCode } from "./repair-br-code.ts";
import { readTlv } from "./tlv.ts";

const EVP = "123e4567-e12b-12d1-a456-426655440000";
const URL = "pix.example.com/qr/v2/8b3da2f39a4140d1a91abd93113bd441";

const letters = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ".split(""));
const merchant = fc.record({
  name: fc.string({ unit: letters, minLength: 3, maxLength: 25 }),
  city: fc.string({ unit: letters, minLength: 3, maxLength: 15 }),
  postalCode: fc.constantFrom(null, "01310930"),
  categoryCode: fc.constantFrom("0000", "5411"),
});
const base = {
  merchant,
  pointOfInitiation: fc.constantFrom("12" as const, null),
  amountCentavos: fc.bigInt({ min: 1n, max: 99_999_99n }),
};
const statics = fc.record({
  kind: fc.constant("static" as const),
  ...base,
  key: fc.constantFrom(
    { type: "EVP", value: EVP } as const,
    { type: "CPF", value: "08796742020" } as const,
    { type: "PHONE", value: "+5511987654321" } as const,
    { type: "EMAIL", value: "fulano@example.com" } as const,
  ),
  txid: fc.option(fc.string({ unit: letters, minLength: 1, maxLength: 25 })),
  additionalInfo: fc.option(fc.string({ unit: letters, minLength: 1, maxLength: 20 })),
  withdrawalIspb: fc.constant(null),
});
const dynamics = fc.record({
  kind: fc.constant("dynamic" as const),
  ...base,
  url: fc.constant(URL),
});
const recurrenceUrl = fc.constant("pix.example.com/rec/2353c790eefb11eaadc10242ac120002");
const composites = fc.record({
  kind: fc.constant("composite" as const),
  payment: fc.oneof(statics, dynamics),
  recurrenceUrl,
});

/** A sound code as its author wrote it. */
const codes: fc.Arbitrary<string> = fc
  .oneof(statics, dynamics, composites)
  .map((code) => buildBrCode(code as BrCode))
  .filter((built) => built.ok)
  .map((built) => (built.ok ? built.text : ""));

interface Damaged {
  readonly original: string;
  readonly text: string;
}

/** What a code pays, and to whom. */
function paymentOf(brCode: BrCode | null) {
  const payment = brCode?.kind === "composite" ? brCode.payment : brCode;
  if (payment?.kind === "static") return { key: payment.key, amount: payment.amountCentavos };
  return payment?.kind === "dynamic" ? { url: payment.url, amount: payment.amountCentavos } : null;
}

/** Never throws; what it finds has a rule and a place in the text; what it repairs can be read. */
function examine({ text }: Damaged) {
  const { violations } = parseBrCode(text);
  const repair = repairBrCode(text);
  expect(repair.kind === "sound").toBe(violations.length === 0);
  for (const { rule, start, end } of violations) {
    expect(rule).toMatch(/^[a-z-]+$/);
    expect([start >= 0, start <= end, end <= text.length]).toEqual([true, true, true]);
  }
  if (repair.kind === "beyond-repair") expect(repair.violations.length).toBeGreaterThan(0);
  if (repair.kind === "repaired") {
    const again = parseBrCode(repair.text);
    expect(again.brCode).toEqual(repair.brCode);
    // Templates of others are passed over, and nothing else is left to say.
    const left = again.violations.filter((it) => it.rule !== "foreign-template");
    expect(left).toEqual([]);
  }
  return repair;
}

/** The same, and where it repairs, the code pays what it paid, to whom it paid. */
function examineSafely(damaged: Damaged): void {
  const repair = examine(damaged);
  if (repair.kind !== "repaired") return;
  expect(paymentOf(repair.brCode)).toEqual(paymentOf(parseBrCode(damaged.original).brCode));
}

function expectCured(damaged: Damaged): void {
  expect(examine(damaged)).toMatchObject({ kind: "repaired", text: damaged.original });
}

const signs = fc.oneof(
  fc.constantFrom(...'0123456789abcdefABCDEFz .-+@*"'.split("")),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
);
const slips = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("change", "drop", "insert", "swap"),
  sign: signs,
});

function slip(text: string, at: number, { how, sign }: { how: string; sign: string }): string {
  const [head, here, tail] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
  if (how === "drop") return head + tail;
  if (how === "insert") return head + sign + here + tail;
  if (how === "swap") return head + tail.charAt(0) + here + tail.slice(1);
  return head + sign + tail;
}

/** Positions at which neither the payee's template nor the amount is touched. */
function besidePayment(text: string): number[] {
  const { fields } = readTlv(text, { start: 0, end: text.length });
  const kept = fields.filter(({ path }) => path === "54" || path === "26");
  return Array.from({ length: text.length - 1 }, (_, at) => at).filter(
    // A swap takes the next one along.
    (at) => !kept.some(({ start, end }) => at >= start - 1 && at < end),
  );
}

/** Each run of these looks at thousands of neighbours. */
const FEW = { numRuns: 40 };

describe("the doctor, shown codes that nobody has seen", () => {
  test("with one to three slips anywhere never throws, names places and rules, repairs soundly", () => {
    const some = fc.array(slips, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(codes, some, (original, all) => {
        const text = all.reduce((sofar, one) => slip(sofar, one.at % sofar.length, one), original);
        examine({ original, text });
      }),
      FEW,
    );
  });

  test("with slips beside payee and amount changes neither", () => {
    const some = fc.array(slips, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(codes, some, (original, all) => {
        const places = besidePayment(original);
        // From behind, so that the places before stay what they are.
        const ordered = all
          .map((one) => ({ ...one, at: places[one.at % places.length] ?? 0 }))
          .toSorted((one, other) => other.at - one.at);
        const text = ordered.reduce((sofar, one) => slip(sofar, one.at, one), original);
        examineSafely({ original, text });
      }),
      FEW,
    );
  });

  test("with one object's length wrong, at the root or in a template, pays the same", () => {
    const by = fc.integer({ min: -20, max: 20 }).filter((it) => it !== 0);
    fc.assert(
      fc.property(codes, fc.nat(), by, (original, nth, more) => {
        const { fields } = parseBrCode(original);
        const field = fields[nth % fields.length];
        if (field === undefined) throw new Error("no object");
        const length = Number(original.slice(field.start + 2, field.valueStart)) + more;
        fc.pre(length >= 0 && length <= 99 && field.path !== "63");
        const head = original.slice(0, field.start + 2) + String(length).padStart(2, "0");
        const body = head + original.slice(field.valueStart, -4);
        examineSafely({ original, text: body + original.slice(-4) });
        // Its author may have counted the check sum over the wrong length; a key that says that it
        // is longer than it was is another key then, and nobody can tell.
        const isOfKey = field.path === "26" || field.path === "26.01";
        (isOfKey ? examine : examineSafely)({ original, text: body + crc16(body) });
      }),
      FEW,
    );
  });

  test("with a check sum in other letters, cut off or wrong is cured, and pays the same", () => {
    const end = fc.oneof(
      fc.nat({ max: 7 }).map((kept) => (code: string) => code.slice(0, -8 + kept)),
      fc.constant((code: string) => code.slice(0, -4) + code.slice(-4).toLowerCase()),
      fc.constant((code: string) => `${code.slice(0, -4)}${crc16(code.slice(0, -8))}`),
      fc.constant((code: string) => slip(code, code.length - 2, { how: "change", sign: "G" })),
    );
    fc.assert(
      fc.property(codes, end, (original, cut) => {
        const text = cut(original);
        fc.pre(text !== original);
        examineSafely({ original, text });
        if (/[0-9A-F]$/i.test(text.slice(-1)))
          expect(examine({ original, text }).kind).toBe("repaired");
      }),
    );
  });

  test("wrapped, indented, framed by blanks or marked invisibly is cured", () => {
    const between = fc.constantFrom("\n", "\r\n", "\n    ", "\r\n\t", "\u200b", "\u00ad", "\ufeff");
    const around = fc.constantFrom("", " ", "\n\n", "\u00a0", "Pix copia e cola: ");
    fc.assert(
      fc.property(
        codes,
        fc.array(fc.nat(), { maxLength: 4 }),
        between,
        around,
        (original, at, by, frame) => {
          const cuts = at.map((one) => one % original.length).toSorted((one, other) => other - one);
          const wrapped = cuts.reduce(
            (sofar, one) => `${sofar.slice(0, one)}${one === 0 ? "" : by}${sofar.slice(one)}`,
            original,
          );
          const text = `${frame}${wrapped} `;
          fc.pre(text.trim() !== original);
          expectCured({ original, text });
        },
      ),
    );
  });

  test("in signs that look alike is cured", () => {
    const look: Record<string, string> = { A: "А", E: "Е", O: "О", a: "а", e: "е", "-": "–" };
    const wide = (sign: string) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0);
    const typeset = fc.constantFrom(
      (sign: string) => look[sign] ?? sign,
      (sign: string) => (/[0-9]/.test(sign) ? wide(sign) : sign),
      (sign: string) => (/[!-~]/.test(sign) ? wide(sign) : sign),
    );
    fc.assert(
      fc.property(codes, typeset, (original, change) => {
        const text = Array.from(original, change).join("");
        fc.pre(text !== original);
        expectCured({ original, text });
      }),
    );
  });

  test("with an object inside a template lost, doubled, renamed or of another length names it", () => {
    const how = fc.constantFrom("drop", "double", "rename", "shorten");
    fc.assert(
      fc.property(codes, fc.nat(), how, fc.boolean(), (original, nth, kind, isCounted) => {
        const inner = parseBrCode(original).fields.filter(({ path }) => path.includes("."));
        const field = inner[nth % inner.length];
        if (field === undefined) throw new Error("no object inside another");
        const { start, end } = field;
        const written = original.slice(start, end);
        const instead = {
          drop: "",
          double: written + written,
          rename: `97${written.slice(2)}`,
          shorten: written.slice(0, -1),
        }[kind];
        const body = original.slice(0, start) + instead + original.slice(end, -4);
        examine({ original, text: body + (isCounted ? crc16(body) : original.slice(-4)) });
      }),
    );
  });
});

describe("the doctor finds the one slip that a check sum betrays", () => {
  const CODE = `00020126580014br.gov.bcb.pix0136${EVP}5204000053039865406100.505802BR5913FULANO DE TAL6008BRASILIA62070503***`;
  const SOUND = `${CODE}6304${crc16(`${CODE}6304`)}`;
  const broken = (part: string, instead: string) => SOUND.replace(part, instead);

  test.each([
    ["a letter typed wrong", "FULANO", "FULAXO", "59"],
    ["a letter left out", "BRASILIA", "BRASLIA", "60"],
    ["a letter put in", "FULANO", "FULLANO", "59"],
    ["two letters swapped", "BRASILIA", "BRASIILA", "60"],
    ["an amount that became a tip", "5406100", "5506100", "54"],
    ["a length", "5913", "5912", "59"],
    ["a zero for an O", "5802BR", "5802B R", "58"],
  ])("%s", (_, part, instead, path) => {
    const repair = repairBrCode(broken(part, instead));
    if (repair.kind !== "repaired") throw new Error(JSON.stringify(repair));
    expect(repair.text).toBe(SOUND);
    expect(repair.repairs).toMatchObject([{ path }]);
  });

  test("but alters neither key nor amount for the check sum alone: those are read as they are written", () => {
    const other = repairBrCode(broken("100.50", "100.60"));
    expect(other).toMatchObject({ kind: "repaired", brCode: { amountCentavos: 100_60n } });
    expect(repairBrCode(broken("426655", "426656"))).toMatchObject({
      brCode: { key: { value: EVP.replace("426655", "426656") } },
    });
  });
});
