import { describe, expect, it } from "vitest";
import { languageOf } from "../language/language.ts";
import { whatNext } from "./what-next.ts";

const session = { language: languageOf("en") } as Parameters<typeof whatNext>[2];
const next = (witnesses: readonly string[], ...silent: readonly string[]) =>
  whatNext({ coordinator: "azul", witnesses }, new Set(silent), session);
const witnesses = ["azul", "verde", "coral"];

describe("what happens next to a branch in doubt", () => {
  it("is the coordinator's answer while it can be had", () => {
    expect(next([])).toBe("azul answers and tells its decision");
    expect(next(witnesses, "verde")).toBe("azul answers and tells its decision");
  });

  it("is the witnesses' decision while a majority of them answers", () => {
    expect(next(witnesses, "azul")).toContain("the witnesses verde, coral decide without it");
  });

  it("is a wait that says for whom", () => {
    expect(next(witnesses, "azul", "coral")).toContain("1 more of the witnesses azul, coral");
    expect(next([], "azul")).toContain("waits until azul is back");
  });
});
