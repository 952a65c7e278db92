import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, type LocalDate } from "../calendar/local-date.ts";
import { accrueDaily, type AccrualTerms } from "./accrual.ts";
import { simpleInterest } from "./interest.ts";
import { yearFraction } from "./year-fraction.ts";

const day = (text: string) => text as LocalDate;

function terms(more: Partial<AccrualTerms> = {}): AccrualTerms {
  return {
    from: day("2026-11-01"),
    to: day("2026-12-01"),
    openingCentavos: 1_000_000n,
    changes: [],
    side: "savings",
    rates: [{ since: day("2026-01-01"), yearlyRatePpm: 60_000n, dayCount: "actual/365" }],
    ...more,
  };
}

describe("interest day by day", () => {
  it("on 10,000.00 at 6 % for the thirty days of November is 49.32", () => {
    expect(accrueDaily(terms())).toBe(4_932n);
  });

  it("counts what stands in the account at the end of each day", () => {
    const changes = [
      { on: day("2026-11-11"), balanceCentavos: 0n },
      { on: day("2026-11-21"), balanceCentavos: 2_000_000n },
    ];
    // 10 days of 10,000.00 and 10 days of 20,000.00: as much as 30 days of 10,000.00.
    expect(accrueDaily(terms({ changes }))).toBe(4_932n);
  });

  it("asks for what is below zero, and pays nothing on it", () => {
    const below = terms({ openingCentavos: -1_000_000n });
    expect(accrueDaily(below)).toBe(0n);
    expect(accrueDaily({ ...below, side: "overdraft" })).toBe(4_932n);
  });

  it("counts twenty business days of November, and each rate from its day on", () => {
    const since = day("2026-01-01");
    const rates = [{ since, yearlyRatePpm: 60_000n, dayCount: "business/252" }] as const;
    // All Souls, the Republic (a Sunday) and Black Awareness Day: 19 of 252 days.
    expect(accrueDaily(terms({ rates }))).toBe(4_524n);
    const late = [{ ...rates[0], dayCount: "actual/365", since: day("2026-11-16") }] as const;
    expect(accrueDaily(terms({ rates: late }))).toBe(2_466n);
  });

  it("of a balance that stays is the simple interest of the whole time, to the centavo", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1_000_000_000_00n }),
        fc.bigInt({ min: 1n, max: 2_000_000n }),
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom("actual/365" as const, "actual/360" as const, "business/252" as const),
        (openingCentavos, yearlyRatePpm, days, dayCount) => {
          const from = day("2026-01-10");
          const to = addDays(from, days);
          expect(daysBetween(from, to)).toBe(days);
          const rates = [{ since: from, yearlyRatePpm, dayCount }];
          const time = yearFraction(from, to, dayCount);
          expect(accrueDaily(terms({ from, to, openingCentavos, rates }))).toBe(
            simpleInterest({ principalCentavos: openingCentavos, yearlyRatePpm, time }),
          );
        },
      ),
    );
  });
});
