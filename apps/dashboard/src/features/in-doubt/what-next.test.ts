import { describe, expect, it } from "vitest";
import { whatNext } from "./what-next.ts";

const next = (witnesses: string[], ...reachable: string[]) =>
  whatNext({ coordinator: "azul", witnesses }, new Set(reachable));

describe("a branch in doubt", () => {
  it("hears from its coordinator as long as that can be reached", () => {
    expect(next([], "azul")).toEqual({ kind: "coordinatorTells" });
    expect(next(["azul", "verde", "coral"], "azul")).toEqual({ kind: "coordinatorTells" });
  });

  it("waits for a coordinator that decides alone", () => {
    expect(next([], "verde")).toEqual({ kind: "coordinatorAway" });
  });

  it("is decided by a majority of the witnesses, or waits for as many as are missing", () => {
    const witnesses = ["azul", "verde", "coral"];
    expect(next(witnesses, "verde", "coral")).toEqual({
      kind: "witnessesDecide",
      banks: ["verde", "coral"],
      needed: 2,
    });
    expect(next(witnesses, "coral")).toEqual({
      kind: "witnessesMissing",
      banks: ["azul", "verde"],
      missing: 1,
    });
  });
});
