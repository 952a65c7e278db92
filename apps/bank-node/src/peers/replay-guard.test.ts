import { describe, expect, it } from "vitest";
import { ReplayGuard } from "./replay-guard.ts";

describe("the memory of message ids", () => {
  it("knows an id again for as long as its signature would be accepted", () => {
    const guard = new ReplayGuard();
    expect(guard.isNew("azul", "one", 0)).toBe(true);
    expect(guard.isNew("azul", "one", 1)).toBe(false);
    expect(guard.isNew("azul", "two", 119_000)).toBe(true);
    expect(guard.isNew("azul", "one", 120_000)).toBe(false);
    expect(guard.isNew("azul", "three", 125_000)).toBe(true);
    expect(guard.isNew("azul", "two", 235_000)).toBe(false);
  });

  it("keeps banks apart", () => {
    const guard = new ReplayGuard();
    expect(guard.isNew("azul", "one", 0)).toBe(true);
    expect(guard.isNew("verde", "one", 0)).toBe(true);
  });

  it("stays bounded: who sends a flood shortens its own memory, not another bank's", () => {
    const guard = new ReplayGuard();
    guard.isNew("verde", "mine", 0);
    for (let index = 0; index < 100_001; index += 1) guard.isNew("azul", `id ${index}`, 1);
    expect(guard.isNew("azul", "id 0", 2)).toBe(true);
    expect(guard.isNew("azul", "id 99999", 2)).toBe(false);
    expect(guard.isNew("verde", "mine", 2)).toBe(false);
  });
});
