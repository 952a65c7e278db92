import type { Random } from "../chaos/random.ts";

/** Stands for what JSON text can say and no JavaScript value can: replaced in the finished text. */
const RAW = [
  "1e400",
  "-1e400",
  "1e-400",
  "9".repeat(400),
  `0.${"1".repeat(300)}`,
  "00012",
  "NaN",
  "Infinity",
  "undefined",
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  `${"[".repeat(2_000)}${"]".repeat(2_000)}`,
  `${'{"a":'.repeat(1_000)}1${"}".repeat(1_000)}`,
  '"\\ud800"',
  '"\\u0000"',
] as const;

const mark = (at: number) => `@raw:${at}@`;

/** Values at which parsers, databases and people have stumbled (H1, H2, H8, lessons 12, 13, 41). */
const VALUES: readonly unknown[] = [
  ...[0, -0, -1, 0.5, 1.005, -100, 1e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 2 ** 63, -(2 ** 53)],
  ...["1e3", "1.005", "NaN", "-1", "0x10", "٣", "١٠٠", "9".repeat(400), "", " ", "null"],
  ...[null, true, false, [], {}, [[]], [null], { length: 3 }],
  ...["' OR 1=1 --", '"; DROP TABLE account; --', "${7*7}", "{{7*7}}", "<script>alert(1)</script>"],
  ...[
    "=cmd|' /C calc'!A0",
    "../../../etc/passwd",
    "a\r\nset-cookie: x=1",
    "line\nfeed",
    "\t",
    "\u0007",
  ],
  ...["\u202Eabc", "\uFEFF", "e\u0301".repeat(50), "👩‍👩‍👧".repeat(20), "İı", "ß", "x".repeat(5_000)],
  ...[
    "00000000000",
    "11111111111",
    "12345678901",
    "11122233300",
    "11222333000150",
    "1-9",
    "-",
    "1-X",
  ],
  ...["2026-02-30", "0000-01-01T00:00:00.000Z", "+275760-09-13T00:00:00.000Z", "2026-11-21"],
  ...["00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-7FFF-BFFF-FFFFFFFFFFFF"],
  ...RAW.map((_, at) => mark(at)),
];

type Json = unknown;

/** The value with one place in it made wrong: nearly valid input finds what nonsense does not. */
export function spoil(value: Json, random: Random): Json {
  const copy = structuredClone(value);
  const holders = placesIn(copy);
  if (holders.length === 0) return random.pick(VALUES);
  const { holder, name } = random.pick(holders);
  const target = holder as Record<string, unknown>;
  const kind = random.between(0, 5);
  if (kind === 0) delete target[name];
  else if (kind === 1) target[`${name}2`] = target[name];
  else if (kind === 2) target[name] = [target[name]];
  else if (kind === 3 && Array.isArray(target[name])) {
    target[name] = Array.from({ length: random.pick([17, 101, 600]) }, () => target[name]).flat();
  } else target[name] = random.pick(VALUES);
  return copy;
}

interface Place {
  readonly holder: object;
  readonly name: string;
}

function placesIn(value: Json): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    { holder: value, name },
    ...placesIn(inner),
  ]);
}

export function hostileValue(random: Random): Json {
  return random.pick(VALUES);
}

/** JSON text, with the marks of `RAW` replaced by what they stand for. */
export function writeJson(value: Json): string {
  const text = JSON.stringify(value) ?? "";
  return text.replaceAll(/"@raw:(\d+)@"/g, (_, at: string) => RAW[Number(at)] ?? "null");
}
