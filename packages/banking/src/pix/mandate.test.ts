import { expect, it } from "vitest";
import type { LocalDate } from "../calendar/local-date.ts";
import { mandateFault, type MandateTerms } from "./mandate.ts";

const day = (text: string) => text as LocalDate;
const terms: MandateTerms = {
  fixedCentavos: null,
  ceilingCentavos: 10_000,
  every: "month",
  startsOn: day("2027-01-10"),
  endsOn: day("2027-12-31"),
};
const facts = {
  today: day("2027-03-01"),
  aheadDaysMin: 2,
  aheadDaysMax: 10,
  standing: [day("2027-02-10")],
};
const fault = (amountCentavos: number, dueOn: string, of = terms) =>
  mandateFault(of, { amountCentavos, dueOn: day(dueOn) }, facts);

it("lets a receiver take once a cycle what the payer allowed", () => {
  expect(fault(10_000, "2027-03-10")).toBeNull();
  expect(fault(10_001, "2027-03-10")).toBe("mandate-amount");
  const fixed = { ...terms, fixedCentavos: 500, ceilingCentavos: null };
  expect(fault(500, "2027-03-10", fixed)).toBeNull();
  expect(fault(499, "2027-03-10", fixed)).toBe("mandate-amount");
  // Still the cycle that began on 10 February.
  expect(fault(1, "2027-03-09")).toBe("mandate-cycle");
});

it("keeps the period, and the payer's time to object", () => {
  const ended = { ...terms, endsOn: day("2027-03-09") };
  expect(fault(1, "2027-03-10", ended)).toBe("mandate-period");
  expect(fault(1, "2027-01-09")).toBe("mandate-period");
  expect(fault(1, "2027-03-02")).toBe("mandate-ahead");
  expect(fault(1, "2027-03-12")).toBe("mandate-ahead");
});
