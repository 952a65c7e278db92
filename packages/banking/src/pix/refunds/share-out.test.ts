import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOut } from "./share-out.ts";

test("an amount is shared out to the centavo, the largest remainder first", () => {
  const thirds = ["A", "B", "C"].map((who) => ({ who, left: 33_33n }));
  expect(shareOut(10_00n, thirds).map(({ amount }) => amount)).toEqual([3_34n, 3_33n, 3_33n]);
  const uneven = [
    { who: "A", left: 100n },
    { who: "B", left: 250n },
    { who: "C", left: 650n },
  ];
  expect(shareOut(333n, uneven).map(({ amount }) => amount)).toEqual([33n, 83n, 217n]);
  expect(() => shareOut(1_001n, uneven)).toThrow(RangeError);
  expect(shareOut(0n, [{ who: "A", left: 0n }])).toEqual([{ who: "A", amount: 0n }]);
});

test("refunds in any number of parts give each payer back exactly what they paid, never more", () => {
  const paid = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 6 });
  const parts = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 });
  fc.assert(
    fc.property(paid, parts, (amounts, percents) => {
      let left = [...amounts];
      const give = (amount: bigint) => {
        const shares = shareOut(
          amount,
          left.map((of, who) => ({ who, left: of })),
        );
        expect(shares.reduce((sum, share) => sum + share.amount, 0n)).toBe(amount);
        left = left.map((of, at) => of - (shares[at]?.amount ?? 0n));
        expect(left.every((of) => of >= 0n)).toBe(true);
      };
      for (const percent of percents) {
        const all = left.reduce((sum, of) => sum + of, 0n);
        give((all * BigInt(percent)) / 100n);
      }
      give(left.reduce((sum, of) => sum + of, 0n));
      expect(left.every((of) => of === 0n)).toBe(true);
    }),
  );
});
