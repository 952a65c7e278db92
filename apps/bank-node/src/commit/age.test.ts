import fc from "fast-check";
import { v4, v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { AGE_TOLERANCE_MS, firstIdAt, instantOf, isNew } from "./age.ts";

const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("the age of a transaction", () => {
  it("stands in its id", () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(instantOf(v7({ msecs: ms }))).toBe(ms);
      }),
    );
  });

  it("is nowhere in an id of another kind", () => {
    expect(instantOf(v4())).toBeUndefined();
    expect(isNew(v4(), Date.now())).toBe(false);
  });

  it("is new within what clocks may differ by, before and after", () => {
    const now = Date.UTC(2026, 11, 1);
    expect(isNew(v7({ msecs: now - AGE_TOLERANCE_MS }), now)).toBe(true);
    expect(isNew(v7({ msecs: now + AGE_TOLERANCE_MS }), now)).toBe(true);
    expect(isNew(v7({ msecs: now - AGE_TOLERANCE_MS - 1 }), now)).toBe(false);
    expect(isNew(v7({ msecs: now + AGE_TOLERANCE_MS + 1 }), now)).toBe(false);
  });

  it("orders ids: the first of an instant is below all of it and above all before", () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(firstIdAt(ms) < v7({ msecs: ms })).toBe(true);
        fc.pre(ms > 0);
        expect(v7({ msecs: ms - 1 }) < firstIdAt(ms)).toBe(true);
      }),
    );
  });
});
