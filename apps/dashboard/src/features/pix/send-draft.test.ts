import { expect, test } from "vitest";
import { emptyPix, otherPayers, ownShare } from "./send-draft.ts";

const account = { number: "10001-3", holder: "Ana" };

test("the first account pays what the others leave of a code's amount", () => {
  const fixed = { amountCentavos: 100_00, isAmountOpen: false };
  expect(ownShare(null, fixed, 0)).toEqual({ ownCentavos: 100_00, totalCentavos: 100_00 });
  expect(ownShare(5_00, fixed, 30_00)).toEqual({ ownCentavos: 70_00, totalCentavos: 100_00 });
  expect(ownShare(null, fixed, 100_00)).toBeNull();
});

test("where the payer chooses, what is typed is the first account's part", () => {
  const open = { amountCentavos: null, isAmountOpen: true };
  expect(ownShare(null, open, 30_00)).toBeNull();
  expect(ownShare(20_00, open, 30_00)).toEqual({ ownCentavos: 20_00, totalCentavos: 50_00 });
  const suggested = { amountCentavos: 100_00, isAmountOpen: true };
  expect(ownShare(null, suggested, 30_00)).toEqual({ ownCentavos: 70_00, totalCentavos: 100_00 });
});

test("other payers are asked for only once each of them is complete", () => {
  const complete = { bank: "azul", account, amount: "12,50" };
  expect(otherPayers({ ...emptyPix, also: [complete] }, "pt-BR")).toEqual([
    { bank: "azul", account: "10001-3", amountCentavos: 12_50 },
  ]);
  const missing = { ...complete, amount: "" };
  expect(otherPayers({ ...emptyPix, also: [complete, missing] }, "pt-BR")).toBeNull();
  expect(otherPayers(emptyPix, "pt-BR")).toEqual([]);
});
