import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBusinessDay } from "../calendar/business-days.ts";
import { parseLocalDate, type LocalDate } from "../calendar/local-date.ts";
import { dueDates } from "./due-dates.ts";
import { monthlyRateOf } from "./monthly-rate.ts";
import { loanSchedule } from "./schedule.ts";
import {
  accruedInterest,
  installmentInterest,
  installmentState,
  overdueOn,
  type PlannedInstallment,
} from "./standing.ts";

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new Error(text);
  return date;
}

function planOf(terms: Parameters<typeof loanSchedule>[0]): PlannedInstallment[] {
  const dates = dueDates(day("2026-01-31"), terms.installments);
  return loanSchedule(terms).map((one, at) => ({ ...one, dueOn: dates[at] ?? day("2026-01-31") }));
}

const terms = fc.record({
  system: fc.constantFrom("price" as const, "sac" as const),
  principalCentavos: fc.bigInt({ min: 1_000n, max: 10n ** 12n }),
  monthlyRatePpm: fc.bigInt({ min: 1n, max: 200_000n }),
  installments: fc.integer({ min: 1, max: 60 }),
});

describe("a loan", () => {
  it("falls due on business days, month by month", () => {
    const dates = dueDates(day("2026-01-31"), 4);
    expect(dates).toEqual(["2026-02-02", "2026-03-02", "2026-03-31", "2026-04-30"]);
    expect(dates.every(isBusinessDay)).toBe(true);
  });

  it("reads a yearly rate as the monthly one that grows to it", () => {
    expect(monthlyRateOf(120_000n)).toBe(9_489n);
    expect(monthlyRateOf(0n)).toBe(0n);
  });

  it("paid as planned is charged its plan to the centavo and ends at zero", () => {
    fc.assert(
      fc.property(terms, (drawn) => {
        const plan = planOf(drawn);
        let debt = drawn.principalCentavos;
        let paid = 0n;
        let interest = 0n;
        for (const one of plan) {
          const charged = installmentInterest(one, drawn.monthlyRatePpm, debt);
          const payment = one.interestCentavos + one.amortizationCentavos;
          debt += charged - payment;
          paid += payment;
          interest += charged;
          expect(installmentState(one, debt, one.dueOn)).toBe("paid");
        }
        expect(debt).toBe(0n);
        expect(paid).toBe(drawn.principalCentavos + interest);
      }),
    );
  });

  it("is late the day after the due date, by what the plan has more", () => {
    const plan = planOf({
      system: "sac",
      principalCentavos: 120_000n,
      monthlyRatePpm: 10_000n,
      installments: 12,
    });
    expect(overdueOn(plan, 121_200n, day("2026-02-02"))).toBe(0n);
    expect(overdueOn(plan, 121_200n, day("2026-02-03"))).toBe(11_200n);
    expect(overdueOn(plan, 110_000n, day("2026-02-03"))).toBe(0n);
  });

  it("paid off early owes interest for its days only", () => {
    const month = { from: day("2026-02-02"), to: day("2026-02-17") };
    expect(accruedInterest(100_000n, 10_000n, month)).toBe(500n);
    const longer = { from: day("2026-02-02"), to: day("2026-06-17") };
    expect(accruedInterest(100_000n, 10_000n, longer)).toBe(1_000n);
  });
});
