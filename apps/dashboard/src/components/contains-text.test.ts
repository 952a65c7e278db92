import { describe, expect, it } from "vitest";
import { containsText } from "./contains-text.ts";

describe("finding a text in another", () => {
  it.each([
    ["João Araújo · 1042-7", "joao"],
    ["João Araújo · 1042-7", "ARAÚJO "],
    ["João Araújo · 1042-7", "1042"],
    ["João Araújo · 1042-7", ""],
  ])("finds in %j what was typed as %j", (text, search) => {
    expect(containsText(text, search)).toBe(true);
  });

  it("does not take scattered letters for a find", () => {
    expect(containsText("João Araújo", "jaa")).toBe(false);
  });
});
