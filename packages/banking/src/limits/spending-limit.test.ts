import { describe, expect, it } from "vitest";
import {
  admitSpending,
  giveBackSpending,
  isLowering,
  lowerTerms,
  type SpendingLimit,
  usedAt,
} from "./spending-limit.ts";

const NOON = Date.parse("2026-03-10T15:00:00Z");
const NINE_PM = Date.parse("2026-03-11T00:00:00Z");
const TWO_AM = Date.parse("2026-03-11T05:00:00Z");
const NEXT_NOON = Date.parse("2026-03-11T15:00:00Z");

const limit: SpendingLimit = {
  terms: { perTransaction: 500n, perDay: 1_000n, perNight: 300n },
  next: null,
  periodStart: null,
  used: 0n,
};

function spend(from: SpendingLimit, amount: bigint, at: number): SpendingLimit {
  const decision = admitSpending(from, amount, at);
  if (!decision.ok) throw new Error(decision.refusal.period);
  return decision.limit;
}

describe("what may be spent", () => {
  it("is bounded per transaction, whatever is left of the day", () => {
    expect(admitSpending(limit, 501n, NOON)).toEqual({
      ok: false,
      refusal: { period: "transaction", limitCentavos: 500n, leftCentavos: 500n },
    });
  });

  it("is bounded per day in São Paulo, and tells what is left", () => {
    const twice = spend(spend(limit, 500n, NOON), 400n, NOON + 1);
    expect(admitSpending(twice, 101n, NOON)).toMatchObject({
      refusal: { period: "day", limitCentavos: 1_000n, leftCentavos: 100n },
    });
    expect(spend(twice, 100n, NOON).used).toBe(1_000n);
    expect(spend(twice, 500n, NEXT_NOON).used).toBe(500n);
  });

  it("is bounded at night, which belongs together across midnight", () => {
    const evening = spend(limit, 200n, NINE_PM);
    expect(admitSpending(evening, 101n, TWO_AM)).toMatchObject({ refusal: { period: "night" } });
    expect(usedAt(evening, TWO_AM)).toBe(200n);
    expect(usedAt(evening, NEXT_NOON)).toBe(0n);
  });

  it("is given back to the period in which it was promised, and to no other", () => {
    const evening = spend(spend(limit, 400n, NOON), 200n, NINE_PM);
    expect(giveBackSpending(evening, 400n, NOON).used).toBe(200n);
    expect(giveBackSpending(evening, 200n, NINE_PM).used).toBe(0n);
  });

  it("rises once the time of the raise has come", () => {
    const terms = { perTransaction: 900n, perDay: null, perNight: null };
    const raised = { ...limit, next: { terms, at: NEXT_NOON } };
    expect(admitSpending(raised, 900n, NOON).ok).toBe(false);
    expect(admitSpending(raised, 900n, NEXT_NOON).ok).toBe(true);
  });

  it("lowers at once what is lower, and leaves the rest to wait", () => {
    const mixed = { perTransaction: 900n, perDay: 800n, perNight: 300n };
    expect(isLowering(limit.terms, mixed)).toBe(false);
    expect(lowerTerms(limit.terms, mixed)).toEqual({ ...limit.terms, perDay: 800n });
    expect(isLowering(limit.terms, { ...limit.terms, perNight: 0n })).toBe(true);
    expect(isLowering(limit.terms, { ...limit.terms, perNight: null })).toBe(false);
  });
});
