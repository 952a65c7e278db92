import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loanSchedule, type LoanTerms } from "./schedule.ts";

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

describe("a loan", () => {
  test("in the Price system has equal payments but the last", () => {
    const schedule = loanSchedule({
      system: "price",
      principalCentavos: 1_000_00n,
      monthlyRatePpm: 10_000n,
      installments: 12,
    });
    expect(schedule.slice(0, 11).every(({ paymentCentavos }) => paymentCentavos === 88_85n)).toBe(
      true,
    );
    expect(schedule[0]).toEqual({
      number: 1,
      paymentCentavos: 88_85n,
      interestCentavos: 10_00n,
      amortizationCentavos: 78_85n,
      balanceCentavos: 921_15n,
    });
    expect(schedule[11]).toMatchObject({ paymentCentavos: 88_84n, balanceCentavos: 0n });
  });

  test("in SAC has equal amortizations and falling payments", () => {
    const schedule = loanSchedule({
      system: "sac",
      principalCentavos: 1_200_00n,
      monthlyRatePpm: 10_000n,
      installments: 12,
    });
    expect(schedule.map(({ amortizationCentavos }) => amortizationCentavos)).toEqual(
      Array.from({ length: 12 }, () => 100_00n),
    );
    expect(schedule.map(({ paymentCentavos }) => paymentCentavos)).toEqual(
      Array.from({ length: 12 }, (_, paid) => 112_00n - BigInt(paid) * 1_00n),
    );
  });

  test("without interest is shared out to the centavo", () => {
    const terms = { principalCentavos: 100_00n, monthlyRatePpm: 0n, installments: 3 };
    const payments = (system: LoanTerms["system"]) =>
      loanSchedule({ system, ...terms }).map(({ paymentCentavos }) => paymentCentavos);
    expect(payments("price")).toEqual([33_33n, 33_33n, 33_34n]);
    expect(payments("sac")).toEqual([33_33n, 33_33n, 33_34n]);
  });

  test("lesson 18: is never overpaid, and amortizations sum to what was lent", () => {
    const terms = fc.record({
      system: fc.constantFrom("price" as const, "sac" as const),
      principalCentavos: fc.bigInt({ min: 1n, max: 1_000_000_000_00n }),
      monthlyRatePpm: fc.bigInt({ min: 0n, max: 1_000_000n }),
      installments: fc.integer({ min: 1, max: 480 }),
    });
    fc.assert(
      fc.property(terms, (terms) => {
        const schedule = loanSchedule(terms);
        expect(schedule).toHaveLength(terms.installments);
        expect(sum(schedule.map(({ amortizationCentavos }) => amortizationCentavos))).toBe(
          terms.principalCentavos,
        );
        let before = terms.principalCentavos;
        for (const installment of schedule) {
          const { amortizationCentavos, balanceCentavos, interestCentavos } = installment;
          expect(amortizationCentavos >= 0n && balanceCentavos >= 0n).toBe(true);
          expect(balanceCentavos).toBe(before - amortizationCentavos);
          expect(installment.paymentCentavos).toBe(interestCentavos + amortizationCentavos);
          before = balanceCentavos;
        }
        expect(before).toBe(0n);
      }),
    );
  });

  test("needs a sound principal, rate and number of payments", () => {
    const terms: LoanTerms = {
      system: "sac",
      principalCentavos: 1n,
      monthlyRatePpm: 0n,
      installments: 1,
    };
    expect(() => loanSchedule({ ...terms, principalCentavos: 0n })).toThrow(RangeError);
    expect(() => loanSchedule({ ...terms, monthlyRatePpm: -1n })).toThrow(RangeError);
    for (const installments of [0, 1.5, 481]) {
      expect(() => loanSchedule({ ...terms, installments })).toThrow(RangeError);
    }
  });
});
