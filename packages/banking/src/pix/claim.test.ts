import { describe, expect, it } from "vitest";
import {
  type ClaimEvent,
  claimTypeFor,
  type ClaimState,
  type ClaimType,
  stepClaim,
} from "./claim.ts";

const states: readonly ClaimState[] = [
  ...(["open", "waiting-resolution", "confirmed", "cancelled", "completed"] as const),
];
const after = (type: ClaimType, event: ClaimEvent, isResolutionOver = false) =>
  states.map((state) => {
    const step = stepClaim({ type, state, isResolutionOver }, event);
    return step.ok ? step.state : step.code;
  });
const no = "pix-claim-state";

it("takes the claim that fits the key and its person", () => {
  expect(claimTypeFor("EVP", true)).toBeNull();
  expect(claimTypeFor("CPF", true)).toBe("portability");
  expect(claimTypeFor("CPF", false)).toBeNull();
  expect(claimTypeFor("CNPJ", false)).toBeNull();
  expect(claimTypeFor("EMAIL", true)).toBe("portability");
  expect(claimTypeFor("PHONE", false)).toBe("ownership");
});

describe("a claim", () => {
  it("waits once the donor's bank has it", () => {
    expect(after("portability", { kind: "received" })).toEqual([
      ...["waiting-resolution", no, no, no, no],
    ]);
  });
  it("is confirmed by the donor's client: an ownership only after its period", () => {
    expect(after("portability", { kind: "confirm" })).toEqual([no, "confirmed", no, no, no]);
    expect(after("ownership", { kind: "confirm" })[1]).toBe("pix-claim-period");
    expect(after("ownership", { kind: "confirm" }, true)[1]).toBe("confirmed");
  });
  it("ends by silence: a portability is refused, an ownership confirmed", () => {
    expect(after("portability", { kind: "resolution-over" })[1]).toBe("cancelled");
    expect(after("ownership", { kind: "resolution-over" })[1]).toBe("confirmed");
  });
  it("is given up by its claimer until the key has come, by the donor until it has answered", () => {
    const gone = "cancelled";
    const claimer = after("ownership", { kind: "cancel", side: "claimer" });
    expect(claimer).toEqual([gone, gone, gone, no, no]);
    const donor = after("ownership", { kind: "cancel", side: "donor" });
    expect(donor).toEqual([no, gone, no, no, no]);
  });
  it("is completed, or lapses, once confirmed", () => {
    expect(after("portability", { kind: "complete" })).toEqual([no, no, "completed", no, no]);
    expect(after("portability", { kind: "completion-over" })[2]).toBe("cancelled");
  });
});
