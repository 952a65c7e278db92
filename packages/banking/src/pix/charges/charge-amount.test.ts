import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type LocalDate } from "../../calendar/local-date.ts";
import { chargeAmountOn, chargeFault, lastDayOf, type ChargeTerms } from "./charge-amount.ts";

const day = (text: string) => text as LocalDate;

/** Due on a Tuesday. */
const TERMS: ChargeTerms = {
  original: 1_000_00n,
  dueOn: day("2026-09-15"),
  validAfterDueDays: 30,
};

function finalOn(date: string, more: Partial<ChargeTerms>): bigint {
  return chargeAmountOn({ ...TERMS, ...more }, day(date)).final;
}

describe("the amount of a charge with due date", () => {
  test("is the original until the due date, and after it without fine or interest", () => {
    expect(finalOn("2026-09-01", {})).toBe(1_000_00n);
    expect(finalOn("2026-10-10", {})).toBe(1_000_00n);
  });

  test("grows by the fine once, fixed or in percent", () => {
    expect(finalOn("2026-09-15", { fine: { modality: 1, value: 15_00n } })).toBe(1_000_00n);
    expect(finalOn("2026-09-16", { fine: { modality: 1, value: 15_00n } })).toBe(1_015_00n);
    expect(finalOn("2026-10-05", { fine: { modality: 2, value: 2_00n } })).toBe(1_020_00n);
  });

  test.each([
    [1, 1_50n, "2026-09-25", 10n * 1_50n],
    [2, 10n, "2026-09-25", 10_00n],
    [3, 3_00n, "2026-09-25", 10_00n],
    [4, 36_50n, "2026-09-25", 10_00n],
    [5, 1_50n, "2026-09-25", 8n * 1_50n],
    [6, 10n, "2026-09-25", 8_00n],
    [7, 2_10n, "2026-09-25", 8_00n],
    [8, 25_20n, "2026-09-25", 8_00n],
  ] as const)("bears interest of modality %d", (modality, value, date, interest) => {
    expect(chargeAmountOn({ ...TERMS, interest: { modality, value } }, day(date))).toMatchObject({
      interest,
      final: 1_000_00n + interest,
    });
  });

  test("is on time on the business day after a due date on Saturday, late from then on", () => {
    const saturday = { dueOn: day("2026-09-12"), interest: { modality: 1, value: 1_00n } } as const;
    expect(finalOn("2026-09-14", saturday)).toBe(1_000_00n);
    expect(finalOn("2026-09-15", saturday)).toBe(1_003_00n);
  });

  test("is less by the rebate always, and percentages are of what is left", () => {
    const rebate = { modality: 2, value: 10_00n } as const;
    expect(finalOn("2026-09-15", { rebate })).toBe(900_00n);
    expect(finalOn("2026-09-16", { rebate, fine: { modality: 2, value: 2_00n } })).toBe(918_00n);
  });

  test("is less by the discount of the first date that is still open", () => {
    const until = [
      { date: day("2026-09-10"), value: 50_00n },
      { date: day("2026-09-05"), value: 80_00n },
    ];
    const discount = { modality: 1, until } as const;
    expect(finalOn("2026-09-04", { discount })).toBe(920_00n);
    // 5 September is a Saturday and 7 September a holiday: the 8th is still in time.
    expect(finalOn("2026-09-08", { discount })).toBe(920_00n);
    expect(finalOn("2026-09-10", { discount })).toBe(950_00n);
    expect(finalOn("2026-09-11", { discount })).toBe(1_000_00n);
    const percent = { modality: 2, until: [{ date: day("2026-09-10"), value: 5_00n }] } as const;
    expect(finalOn("2026-09-10", { discount: percent })).toBe(950_00n);
  });

  test.each([
    [3, 1_00n, 995_00n],
    [4, 1_00n, 997_00n],
    [5, 10n, 995_00n],
    [6, 10n, 997_00n],
  ] as const)("is less for each day early, modality %d", (modality, value, final) => {
    // Thursday 10th, three business days before Tuesday 15th.
    expect(finalOn("2026-09-10", { discount: { modality, value } })).toBe(final);
    expect(finalOn("2026-09-15", { discount: { modality, value } })).toBe(1_000_00n);
  });

  test("is never less than a centavo nor less than it would be a day before it is late", () => {
    const dates = fc.integer({ min: -400, max: 60 });
    const value = fc.bigInt({ min: 1n, max: 9_999n });
    const modality = fc.constantFrom(3 as const, 4 as const, 5 as const, 6 as const);
    fc.assert(
      fc.property(dates, value, modality, (offset, of, early) => {
        const terms: ChargeTerms = {
          ...TERMS,
          fine: { modality: 2, value: of },
          interest: { modality: 4, value: of },
          discount: { modality: early, value: of },
        };
        const amount = chargeAmountOn(terms, addDays(TERMS.dueOn, offset));
        const { original, rebate, discount, interest, fine, final } = amount;
        expect(final).toBe(original - rebate - discount + interest + fine);
        expect(final).toBeGreaterThanOrEqual(1n);
        expect(offset > 0 ? discount : interest + fine).toBe(0n);
      }),
    );
  });
});

test.each([
  ["2020-10-20", 4, "2020-10-26"],
  ["2020-12-25", 0, "2020-12-28"],
  ["2020-12-25", 1, "2020-12-29"],
  ["2020-12-25", 3, "2020-12-31"],
  ["2020-12-25", 4, "2021-01-04"],
  ["2021-08-27", 5, "2021-09-01"],
  ["2021-08-28", 5, "2021-09-06"],
])("due on %s and valid %d days, it can be paid until %s", (dueOn, days, last) => {
  expect(lastDayOf({ ...TERMS, dueOn: day(dueOn), validAfterDueDays: days })).toBe(last);
});

test("terms that would give everything away, or make no sense, are refused", () => {
  const faultOf = (more: Partial<ChargeTerms>) => chargeFault({ ...TERMS, ...more });
  expect(faultOf({})).toBeNull();
  expect(faultOf({ rebate: { modality: 1, value: 1_000_00n } })).toBe("rebate-too-large");
  expect(faultOf({ rebate: { modality: 2, value: 100_00n } })).toBe("rebate-too-large");
  expect(faultOf({ rebate: { modality: 2, value: 99_99n } })).toBeNull();
  expect(faultOf({ fine: { modality: 2, value: 100_01n } })).toBe("percent-too-large");
  expect(faultOf({ interest: { modality: 4, value: 100_01n } })).toBe("percent-too-large");
  expect(faultOf({ interest: { modality: 5, value: 900_00n } })).toBeNull();
  expect(faultOf({ discount: { modality: 3, value: 1_000_00n } })).toBe("discount-too-large");
  const dated = (date: string, value: bigint) =>
    faultOf({ discount: { modality: 1, until: [{ date: day(date), value }] } });
  expect(dated("2026-09-16", 1n)).toBe("discount-after-due");
  expect(dated("2026-09-15", 1_000_00n)).toBe("discount-too-large");
  expect(dated("2026-09-15", 999_99n)).toBeNull();
  expect(faultOf({ discount: { modality: 1, until: [] } })).toBe("discount-dates");
});
