import type { StatusOutput } from "@pacto/contract";
import { describe, expect, it } from "vitest";
import {
  type BankHealth,
  observe,
  offlineKey,
  pollDelayMs,
  takesWork,
  unknownHealth,
} from "./health.ts";

const status: StatusOutput = {
  bank: "coral",
  version: "0.1.0",
  incarnation: 1,
  database: "up",
  decider: "local",
  inDoubt: 0,
  oldestInDoubtMs: 0,
  revision: "r1",
  peers: [],
  clock: "2026-11-21T12:00:00.000Z",
  ready: true,
};

function answered(at: number, latencyMs = 5) {
  return { kind: "answered", at, latencyMs, status } as const;
}

function after(...seen: Parameters<typeof observe>[1][]): BankHealth {
  return seen.reduce(observe, unknownHealth);
}

describe("bank health", () => {
  it("is online from its first quick answer and keeps since when", () => {
    expect(after(answered(1_000), answered(2_000))).toMatchObject({
      state: "online",
      since: 1_000,
    });
  });

  it("is offline at once when the connection is refused, since its last answer", () => {
    const health = after(answered(1_000), answered(2_000), { kind: "refused", at: 3_000 });
    expect(health).toMatchObject({ state: "offline", since: 2_000, answeredAt: 2_000 });
    expect(health.status?.bank).toBe("coral");
    expect(takesWork(health)).toBe(false);
  });

  it("is slow after one lost answer and offline after the second", () => {
    const once = after(answered(1_000), { kind: "silent", at: 2_900 });
    expect(once.state).toBe("slow");
    expect(observe(once, { kind: "silent", at: 4_800 })).toMatchObject({
      state: "offline",
      since: 1_000,
    });
  });

  it("is offline, not slow, when it never answered", () => {
    const never = after({ kind: "silent", at: 900 });
    expect(never).toMatchObject({ state: "offline", since: 900 });
    expect(offlineKey(never)).toBe("offlineAtLeast");
  });

  it("is slow when the answer takes long and unready when it takes no part", () => {
    expect(after(answered(1_000, 900)).state).toBe("slow");
    const recovering = { ...answered(1_000), status: { ...status, ready: false } };
    expect(after(recovering).state).toBe("unready");
    expect(takesWork(after(recovering))).toBe(false);
  });

  it("is online again with its first answer", () => {
    const back = after(answered(1), { kind: "refused", at: 2 }, answered(3));
    expect(back).toMatchObject({ state: "online", since: 3, failures: 0 });
  });

  it("asks a bank each second, and one that stays away more and more rarely", () => {
    const away = (times: number) =>
      after(...Array.from({ length: times }, (_, n) => ({ kind: "refused", at: n }) as const));
    expect(pollDelayMs(after(answered(1)))).toBe(1_000);
    expect(pollDelayMs(away(15))).toBe(1_000);
    expect(pollDelayMs(away(20))).toBe(3_052);
    expect(pollDelayMs(away(500))).toBe(8_000);
    expect(
      pollDelayMs([{ kind: "refused", at: 1 } as const, answered(2)].reduce(observe, away(60))),
    ).toBe(1_000);
  });
});
