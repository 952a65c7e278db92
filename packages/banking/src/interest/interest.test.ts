import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LocalDate, parseLocalDate } from "../calendar/local-date.ts";
import { MAX_CENTAVOS } from "../money/centavos.ts";
import { divideHalfEven } from "../money/divide-half-even.ts";
import { compoundInterest, simpleInterest } from "./interest.ts";
import { type DayCount, yearFraction } from "./year-fraction.ts";

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new Error(text);
  return date;
}

const aYear = { numerator: 1n, denominator: 1n };

describe("interest", () => {
  test("on 9,980.00 at 5 % a year for one year gives 10,479.00", () => {
    const principalCentavos = 9_980_00n;
    for (const start of ["2023-06-01", "2024-01-01"]) {
      const end = start.replace("2024", "2025").replace("2023", "2024");
      const time = yearFraction(day(start), day(end), "anniversary");
      const terms = { principalCentavos, yearlyRatePpm: 50_000n, time };
      expect(principalCentavos + simpleInterest(terms)).toBe(10_479_00n);
      expect(principalCentavos + compoundInterest(terms)).toBe(10_479_00n);
    }
  });

  test("is compounded in whole years and in parts of a year", () => {
    const terms = { principalCentavos: 100_00n, yearlyRatePpm: 210_000n };
    const over = (numerator: bigint, denominator: bigint) =>
      compoundInterest({ ...terms, time: { numerator, denominator } });
    expect(over(1n, 1n)).toBe(21_00n);
    expect(over(2n, 1n)).toBe(46_41n);
    expect(over(1n, 2n)).toBe(10_00n);
    expect(over(3n, 2n)).toBe(33_10n);
    expect(over(0n, 252n)).toBe(0n);
  });

  test("at 13.65 % a year over 126 of 252 business days is 6.60675 %", () => {
    const time = { numerator: 126n, denominator: 252n };
    const terms = { principalCentavos: 1_000_000_00n, yearlyRatePpm: 136_500n, time };
    expect(compoundInterest(terms)).toBe(66_067_54n);
  });

  test("rounds ties to the even centavo", () => {
    const half = (principalCentavos: bigint) =>
      simpleInterest({ principalCentavos, yearlyRatePpm: 500_000n, time: aYear });
    expect([1n, 3n, 5n, 7n].map(half)).toEqual([0n, 2n, 2n, 4n]);
    expect(divideHalfEven(-5n, 2n)).toBe(-2n);
    expect(divideHalfEven(-7n, 2n)).toBe(-4n);
    expect(divideHalfEven(7n, 3n)).toBe(2n);
    expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
  });

  test("of a tie that only parts of a year reach is rounded to even as well", () => {
    // 5 centavos × (1.21^(1/2) − 1) is half a centavo exactly.
    const time = { numerator: 1n, denominator: 2n };
    const terms = { yearlyRatePpm: 210_000n, time };
    expect(compoundInterest({ ...terms, principalCentavos: 5n })).toBe(0n);
    expect(compoundInterest({ ...terms, principalCentavos: 15n })).toBe(2n);
  });

  test("needs a sound principal, rate and time", () => {
    const terms = { principalCentavos: 1n, yearlyRatePpm: 1n, time: aYear };
    expect(() => simpleInterest({ ...terms, principalCentavos: -1n })).toThrow(RangeError);
    expect(() => compoundInterest({ ...terms, yearlyRatePpm: -1n })).toThrow(RangeError);
    const never = { numerator: 1n, denominator: 0n };
    expect(() => simpleInterest({ ...terms, time: never })).toThrow(RangeError);
  });

  test("compounded agrees with floating point where that is exact enough", () => {
    const terms = fc.record({
      principalCentavos: fc.bigInt({ min: 0n, max: 1_000_000_00n }),
      yearlyRatePpm: fc.bigInt({ min: 0n, max: 3_000_000n }),
      time: fc.record({
        numerator: fc.bigInt({ min: 0n, max: 1000n }),
        denominator: fc.constantFrom(252n, 360n, 365n),
      }),
    });
    fc.assert(
      fc.property(terms, ({ principalCentavos, yearlyRatePpm, time }) => {
        const exact = compoundInterest({ principalCentavos, yearlyRatePpm, time });
        const years = Number(time.numerator) / Number(time.denominator);
        const about =
          Number(principalCentavos) * ((1 + Number(yearlyRatePpm) / 1_000_000) ** years - 1);
        expect(Math.abs(Number(exact) - about)).toBeLessThanOrEqual(0.51);
      }),
    );
  });

  test("compounded never exceeds simple within a year, and never falls short after it", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: MAX_CENTAVOS }),
        fc.bigInt({ min: 0n, max: 1_000_000n }),
        fc.bigInt({ min: 0n, max: 1500n }),
        (principalCentavos, yearlyRatePpm, numerator) => {
          const time = { numerator, denominator: 365n };
          const simple = simpleInterest({ principalCentavos, yearlyRatePpm, time });
          const compound = compoundInterest({ principalCentavos, yearlyRatePpm, time });
          expect(numerator <= 365n ? compound <= simple : compound >= simple).toBe(true);
        },
      ),
    );
  });
});

test.each<[string, string, DayCount, bigint, bigint]>([
  ["2024-01-01", "2025-01-01", "anniversary", 365n, 365n],
  ["2024-02-29", "2025-02-28", "anniversary", 365n, 365n],
  ["2024-01-01", "2026-01-31", "anniversary", 760n, 365n],
  ["2024-01-01", "2024-12-31", "anniversary", 365n, 365n],
  ["2024-01-01", "2025-01-01", "actual/365", 366n, 365n],
  ["2024-01-01", "2025-01-01", "actual/360", 366n, 360n],
  ["2024-01-31", "2024-03-31", "30/360", 60n, 360n],
  ["2024-01-15", "2025-01-15", "30/360", 360n, 360n],
  ["2025-04-17", "2025-04-23", "business/252", 2n, 252n],
  ["2025-04-17", "2025-04-17", "business/252", 0n, 252n],
])("from %s to %s, %s, is %s/%s of a year", (from, to, dayCount, numerator, denominator) => {
  expect(yearFraction(day(from), day(to), dayCount)).toEqual({ numerator, denominator });
});

test("time does not run backwards", () => {
  expect(() => yearFraction(day("2025-01-02"), day("2025-01-01"), "actual/365")).toThrow(
    RangeError,
  );
});
