import { describe, expect, it } from "vitest";
import { maskDetails } from "./mask-details.ts";

describe("details of an audit event", () => {
  it("hold no personal data and no secret, by field or inside a text", () => {
    const details = {
      taxId: "390.533.447-05",
      key: "+5511987654321",
      changes: [{ email: "ana@example.com", phone: "11987654321" }],
      reason: "CPF 39053344705 wrote from ana@example.com",
      password: "correct horse battery staple",
    };
    expect(maskDetails(details)).toEqual({
      taxId: "***.533.447-**",
      key: "***4321",
      changes: [{ email: "a***@example.com", phone: "***4321" }],
      reason: "CPF ***.533.447-** wrote from a***@example.com",
      password: "[secret]",
    });
  });

  it("keep what is no personal data: ids, amounts, accounts, answers", () => {
    const details = {
      id: "0193a0b0-1111-7222-8333-444455556666",
      account: "10001-3",
      text: "12345678901 centavos",
      amountCentavos: 39_053_344_705,
      nothing: null,
      isAtOnce: true,
    };
    expect(maskDetails(details)).toEqual(details);
  });
});
