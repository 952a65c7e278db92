import { describe, expect, it } from "vitest";
import { readPieces, sumOf, toCount } from "./count.ts";

describe("a drawer's count", () => {
  it("adds up pieces of every value as they are typed", () => {
    const typed = { 20_000: "2", 50: "17", 1: " 3 " };
    expect(sumOf(typed)).toBe(40_000 + 850 + 3);
    expect(toCount(typed)).toEqual([
      { valueCentavos: 20_000, pieces: 2 },
      { valueCentavos: 50, pieces: 17 },
      { valueCentavos: 1, pieces: 3 },
    ]);
  });

  it("is not sent while a field is no whole number", () => {
    for (const wrong of ["1,5", "-1", "x", "1000001"]) {
      expect(readPieces(wrong)).toBeNull();
      expect(toCount({ 100: wrong })).toBeNull();
      expect(sumOf({ 100: wrong, 50: "2" })).toBe(100);
    }
  });

  it("of an empty drawer is empty", () => {
    expect(toCount({})).toEqual([]);
    expect(sumOf({})).toBe(0);
  });
});
