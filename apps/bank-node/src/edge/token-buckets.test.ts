import { describe, expect, it } from "vitest";
import { TokenBuckets } from "./token-buckets.ts";

describe("a caller's bucket of calls", () => {
  it("lets a burst pass, then as many as come back", () => {
    const buckets = new TokenBuckets({ perSecond: 2, burst: 3 });
    expect([1, 2, 3].map(() => buckets.take("ana", 1, 0))).toEqual([0, 0, 0]);
    expect(buckets.take("ana", 1, 0)).toBe(500);
    expect(buckets.take("ana", 1, 499)).toBeCloseTo(1);
    expect(buckets.take("ana", 1, 500)).toBe(0);
    expect(buckets.take("ana", 1, 500)).toBeGreaterThan(0);
  });

  it("is nobody else's", () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 });
    buckets.take("ana", 1, 0);
    expect(buckets.take("ana", 1, 0)).toBeGreaterThan(0);
    expect(buckets.take("bruno", 1, 0)).toBe(0);
  });

  it("runs into debt by what turned out to be dear, and lets a dear call in when it is full", () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 10 });
    buckets.charge("ana", 1_000, 0);
    expect(buckets.take("ana", 1, 10_000)).toBe(1_000);
    expect(buckets.take("ana", 1, 11_000)).toBe(0);
    expect(buckets.take("bruno", 50, 0)).toBe(0);
    expect(buckets.take("bruno", 1, 0)).toBe(41_000);
  });

  it("is forgotten when too many others came after", () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1, keysMax: 2 });
    for (const key of ["ana", "bruno", "ana", "carla"]) buckets.take(key, 1, 0);
    expect(buckets.take("ana", 1, 0)).toBeGreaterThan(0);
    expect(buckets.take("bruno", 1, 0)).toBe(0);
  });

  it("does not empty when the clock is set back", () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 2 });
    buckets.take("ana", 1, 10_000);
    expect(buckets.take("ana", 1, 0)).toBe(0);
  });
});
