import { describe, expect, test } from "vitest";
import { refusalDetails } from "./refusal.ts";

describe("the details of a refusal", () => {
  test("are a bank, an account, figures", () => {
    const details = { bank: "azul", account: "10001-3", missingCentavos: 1, clientId: null };
    expect(refusalDetails.parse(details)).toEqual(details);
  });

  test.each([
    ["a NUL, which PostgreSQL cannot store", { reason: "a\u0000b" }],
    ["half a character", { reason: "\ud800" }],
    ["a line that a log would take for its own", { reason: "a\nb" }],
    ["such a name", { "a\u0000b": 1 }],
    ["a fraction", { missingCentavos: 0.5 }],
  ])("are refused with %s", (_, details) => {
    expect(refusalDetails.safeParse(details).success).toBe(false);
  });
});
