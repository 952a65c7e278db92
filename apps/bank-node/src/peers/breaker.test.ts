import { describe, expect, it } from "vitest";
import { Breaker } from "./breaker.ts";

function breakerAt(random = 0.5) {
  const clock = { now: 0 };
  const breaker = new Breaker({
    threshold: 3,
    baseMs: 100,
    capMs: 1_000,
    now: () => clock.now,
    random: () => random,
  });
  const fail = (times: number) => {
    for (let time = 0; time < times; time += 1) breaker.failed();
  };
  return { breaker, clock, fail };
}

describe("a peer's circuit breaker (R30)", () => {
  it("lets everything through until failures come in a row", () => {
    const { breaker, fail } = breakerAt();
    fail(2);
    breaker.succeeded();
    fail(2);
    expect(breaker.tryPass()).toBe(true);
    expect(breaker.isOpen).toBe(false);
    fail(1);
    expect(breaker.isOpen).toBe(true);
    expect(breaker.tryPass()).toBe(false);
  });

  it("then lets one probe through at a time", () => {
    const { breaker, clock, fail } = breakerAt();
    fail(3);
    clock.now = 49;
    expect(breaker.tryPass()).toBe(false);
    clock.now = 50;
    expect(breaker.isOpen).toBe(false);
    expect(breaker.tryPass()).toBe(true);
    expect(breaker.tryPass()).toBe(false);
    expect(breaker.isOpen).toBe(true);
    breaker.failed();
    expect(breaker.tryPass()).toBe(false);
    clock.now = 50 + 100;
    expect(breaker.tryPass()).toBe(true);
    breaker.succeeded();
    expect(breaker.tryPass()).toBe(true);
    expect(breaker.tryPass()).toBe(true);
  });

  it("waits longer after each failure, never longer than its cap", () => {
    const { breaker, clock, fail } = breakerAt(1);
    fail(200);
    clock.now = 999;
    expect(breaker.tryPass()).toBe(false);
    clock.now = 1_000;
    expect(breaker.tryPass()).toBe(true);
  });
});
