import { v4, v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { AGE_TOLERANCE_MS, instantOf } from "../commit/age.ts";
import { whereToBegin } from "./where-to-begin.ts";

const MINUTE_MS = 60_000;
const backup = Date.UTC(2026, 11, 1, 12);
const newestVoted = v7({ msecs: backup });

describe("where a restored bank begins to ask (R48)", () => {
  it("is a little before its last vote, however long its history", () => {
    const after = whereToBegin({ newestVoted, oldestOpen: null }) ?? "";
    const begun = instantOf(after) ?? 0;
    expect(backup - begun).toBeGreaterThanOrEqual(3 * AGE_TOLERANCE_MS);
    expect(backup - begun).toBeLessThan(10 * MINUTE_MS);
  });

  it("is before whatever was still open in the backup", () => {
    const oldestOpen = v7({ msecs: backup - 90 * MINUTE_MS });
    const after = whereToBegin({ newestVoted, oldestOpen }) ?? "";
    expect(after < oldestOpen).toBe(true);
  });

  it("is the beginning where the backup tells nothing of time", () => {
    expect(whereToBegin({ newestVoted: null, oldestOpen: null })).toBeNull();
    expect(whereToBegin({ newestVoted: v4(), oldestOpen: null })).toBeNull();
    expect(whereToBegin({ newestVoted, oldestOpen: v4() })).toBeNull();
  });
});
