import { describe, expect, it } from "vitest";
import { backoffMs, INQUIRE, RESEND } from "./backoff.ts";

describe("backoff", () => {
  it("waits at least the first delay and never longer than first delay and cap", () => {
    for (const backoff of [RESEND, INQUIRE]) {
      for (let attempts = 0; attempts < 200; attempts += 1) {
        expect(backoffMs(backoff, attempts, 0)).toBe(backoff.firstMs);
        const longest = backoffMs(backoff, attempts, 0.999_999);
        expect(longest).toBeLessThanOrEqual(backoff.firstMs + backoff.capMs);
        expect(Number.isSafeInteger(longest)).toBe(true);
      }
    }
  });

  it("doubles the window of the jitter until the cap", () => {
    const widths = [0, 1, 2, 3].map((at) => backoffMs(RESEND, at, 0.5) - RESEND.firstMs);
    expect(widths).toEqual([100, 200, 400, 800]);
  });
});
