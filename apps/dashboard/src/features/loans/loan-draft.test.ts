import { expect, it } from "vitest";
import { findProblems, type LoanDraft, toLoan, toTerms } from "./loan-draft.ts";

const whole: LoanDraft = {
  bank: "azul",
  account: { number: "12345-6", holder: "Ana" },
  principal: "10.000",
  rate: "1,99",
  ratePer: "month",
  system: "price",
  installments: "12",
  firstDueOn: "2026-12-30",
  lateRate: "1",
  penalty: "2",
};

it("becomes a request in centavos and parts per million", () => {
  expect(toLoan(whole, "pt-BR")).toEqual({
    system: "price",
    principalCentavos: 1_000_000,
    ratePpm: 19_900,
    ratePer: "month",
    installments: 12,
    firstDueOn: "2026-12-30",
    disburseTo: "12345-6",
    lateMonthlyRatePpm: 10_000,
    penaltyPpm: 20_000,
  });
  expect(findProblems(whole, "pt-BR").size).toBe(0);
});

it("is simulated without an account, and not before its terms are whole", () => {
  expect(toTerms({ ...whole, account: null, bank: "" }, "pt-BR")).not.toBeNull();
  for (const missing of [
    { principal: "" },
    { rate: "0" },
    { rate: "x" },
    { installments: "481" },
    { firstDueOn: "" },
  ]) {
    expect(toTerms({ ...whole, ...missing }, "pt-BR")).toBeNull();
    expect(findProblems({ ...whole, ...missing }, "pt-BR").size).toBe(1);
  }
});
