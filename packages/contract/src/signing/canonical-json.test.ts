import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, hashCanonical, NotCanonical } from "./canonical-json.ts";

const wireValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { maxKeys: 5 }),
  ),
})).value;

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

describe("canonical JSON", () => {
  it("writes RFC 8785's example of sorting", () => {
    const example = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    expect(Object.values(JSON.parse(canonicalJson(example)) as object)).toHaveLength(7);
    expect([...canonicalJson(example).matchAll(/:"([A-Z])/g)].map((match) => match[1])).toEqual(
      // carriage return, one, control, latin, euro, emoji, hebrew: by UTF-16 code units
      ["C", "O", "C", "L", "E", "E", "H"],
    );
  });

  it("writes literals and strings as RFC 8785 does", () => {
    expect(canonicalJson([null, true, false, -0, 9_007_199_254_740_991])).toBe(
      "[null,true,false,0,9007199254740991]",
    );
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\"/"');
    expect(canonicalJson({ b: 1, a: { d: [], c: {} } })).toBe('{"a":{"c":{},"d":[]},"b":1}');
  });

  it("reads back as the same value, in whatever order it was built", () => {
    fc.assert(
      fc.property(wireValue, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it("leaves out an undefined member, as the wire does", () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(hashCanonical({ a: undefined, b: 1 })).toBe(hashCanonical({ b: 1 }));
    expect(hashCanonical({})).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it.each([
    0.1,
    2 ** 53,
    Number.NaN,
    Infinity,
    1n,
    undefined,
    "\ud800",
    { "\udc00": 1 },
    [undefined],
    new Date(0),
    new Map(),
    () => 1,
    Symbol("x"),
  ])("refuses what the wire cannot carry: %s", (value) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonical);
  });

  it("refuses bottomless depth instead of overflowing", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(NotCanonical);
  });
});
