import { describe, expect, it } from "vitest";
import { totpCode, totpSecretOf } from "./totp.ts";

describe("an authenticator's code", () => {
  // RFC 6238, appendix B (SHA-1), last six of eight digits.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("is at second %d what the standard says", (second, code) => {
    expect(totpCode("12345678901234567890", second * 1_000)).toBe(code);
  });

  it("comes from the secret in the address that a QR code carries", () => {
    const uri = "otpauth://totp/Pacto:ana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Pacto";
    expect(Buffer.from(totpSecretOf(uri)).toString()).toBe("12345678901234567890");
  });
});
