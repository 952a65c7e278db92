import { describe, expect, it, vi } from "vitest";
import type { StatusOutput } from "@pacto/contract";
import { cacheStatus } from "./cache-status.ts";

const status: StatusOutput = {
  bank: "azul",
  version: "1.0.0",
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

describe("the status for anybody", () => {
  it("is read once for all who ask within a quarter of a second", async () => {
    let now = 0;
    const read = vi.fn<() => Promise<StatusOutput>>(async () => status);
    const cached = cacheStatus(read, () => now);
    await Promise.all([cached(), cached(), cached()]);
    await cached();
    expect(read).toHaveBeenCalledTimes(1);
    now = 251;
    await cached();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("says that the database is down when it does not answer in time", async () => {
    let now = 0;
    const read = vi.fn<() => Promise<StatusOutput>>(async () => status);
    const cached = cacheStatus(read, () => now);
    await cached();
    now = 1_000;
    read.mockReturnValue(new Promise(() => undefined));
    expect(await cached()).toMatchObject({
      database: "down",
      revision: null,
      ready: false,
      bank: "azul",
    });
  });
});
