import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergePages, type Page } from "./merge-pages.ts";

const instantOf = (at: string) => at;

function page(items: readonly string[], nextCursor: string | null = null): Page<string> {
  return { items, nextCursor };
}

describe("a list over several banks", () => {
  it("is one list, newest first", () => {
    const merged = mergePages(
      new Map([
        ["azul", [page(["9", "3"])]],
        ["verde", [page(["7", "5"])]],
      ]),
      instantOf,
    );
    expect(merged).toEqual({ items: ["9", "7", "5", "3"], next: [] });
  });

  it("keeps back what a bank that is read only in part could still precede", () => {
    const merged = mergePages(
      new Map([
        ["azul", [page(["9", "8"], "c")]],
        ["verde", [page(["7", "5"])]],
      ]),
      instantOf,
    );
    expect(merged).toEqual({ items: ["9", "8"], next: ["azul"] });
  });

  it("shows every item once, in order, however the pages are cut", () => {
    const lists = fc.array(fc.uniqueArray(fc.integer({ min: 100, max: 999 }).map(String)), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 4 }), (banks, size) => {
        const whole = new Map(banks.map((list, at) => [`b${at}`, list.toSorted().toReversed()]));
        const read = new Map([...whole.keys()].map((bank) => [bank, [cut(whole, bank, 0, size)]]));
        let merged = mergePages(read, instantOf);
        while (merged.next.length > 0) {
          for (const bank of merged.next) {
            const pages = read.get(bank) ?? [];
            pages.push(cut(whole, bank, pages.length * size, size));
          }
          const before = merged.items;
          merged = mergePages(read, instantOf);
          expect(merged.items.slice(0, before.length)).toEqual(before);
        }
        expect(merged.items).toEqual([...whole.values()].flat().toSorted().toReversed());
      }),
    );
  });
});

function cut(whole: Map<string, string[]>, bank: string, from: number, size: number) {
  const list = whole.get(bank) ?? [];
  return page(
    list.slice(from, from + size),
    from + size < list.length ? String(from + size) : null,
  );
}
