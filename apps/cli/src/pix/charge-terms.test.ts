import { askedTerms } from "@pacto/contract";
import { describe, expect, it } from "vitest";
import { WrongUsage } from "../exit.ts";
import { languageOf } from "../language/language.ts";
import { readTerms } from "./charge-terms.ts";

const english = languageOf("en");
const read = (options: object, amount = "100") => readTerms(options, { amount }, english);

describe("the terms of a charge on the command line", () => {
  it("are those of an immediate charge unless a due date is said", () => {
    expect(askedTerms.parse(read({ expires: "3600", request: "Order 7" }))).toMatchObject({
      kind: "immediate",
      amountCentavos: 100_00,
      expiresInS: 3_600,
      request: "Order 7",
    });
    expect(askedTerms.parse(read({}))).toMatchObject({ kind: "immediate", expiresInS: 86_400 });
  });

  it.each([
    ["fine", "2%", { fine: { modality: 2, value: 200 } }],
    ["fine", "5.00", { fine: { modality: 1, value: 500 } }],
    ["rebate", "1,50%", { rebate: { modality: 2, value: 150 } }],
    ["interest", "1%/month", { interest: { modality: 3, value: 100 } }],
    ["interest", "0.50/day", { interest: { modality: 1, value: 50 } }],
    ["interest", "12%/year/business", { interest: { modality: 8, value: 1_200 } }],
    ["discount", ["0.10%/day"], { discount: { modality: 5, value: 10 } }],
    ["discount", ["0.50/day/business"], { discount: { modality: 4, value: 50 } }],
    [
      "discount",
      ["5%@2027-01-10", "3%@2027-01-20"],
      {
        discount: {
          modality: 2,
          until: [
            { date: "2027-01-10", value: 500 },
            { date: "2027-01-20", value: 300 },
          ],
        },
      },
    ],
  ])("read %s %j as the API has it", (name, text, part) => {
    const terms = askedTerms.parse(read({ due: "2027-01-31", [name]: text }));
    expect(terms).toMatchObject({
      kind: "due",
      dueOn: "2027-01-31",
      validAfterDueDays: 30,
      ...part,
    });
  });

  it.each([
    [{ fine: "2%" }],
    [{ due: "2027-02-30" }],
    [{ due: "2027-01-31", expires: "10" }],
    [{ due: "2027-01-31", interest: "1%" }],
    [{ due: "2027-01-31", interest: "0.50/month" }],
    [{ due: "2027-01-31", interest: "1%/month/never" }],
    [{ due: "2027-01-31", discount: ["5%@2027-01-10", "3.00@2027-01-20"] }],
    [{ debtorName: "Ana" }],
  ])("refuse %j as wrong usage", (options) => {
    expect(() => read(options)).toThrow(WrongUsage);
  });

  it("stay as they were where nothing new is said", () => {
    const before = askedTerms.parse(
      read({ due: "2027-01-31", fine: "2%", debtorName: "Ana", debtorTaxId: "529.982.247-25" }),
    );
    const after = readTerms({ days: "5" }, { before }, english);
    expect(after).toEqual({ ...before, validAfterDueDays: 5 });
    expect(readTerms({ fine: "1%" }, { before, amount: "90" }, english)).toEqual({
      ...before,
      amountCentavos: 90_00,
      fine: { modality: 2, value: 100 },
    });
  });
});
