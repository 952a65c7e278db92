import { describe, expect, it } from "vitest";
import { english } from "./english.ts";
import { findLocale } from "./locale.ts";
import { portuguese } from "./portuguese.ts";

describe("the reader's language", () => {
  it("is what --lang says, before what the system says", () => {
    expect(findLocale(["banks", "--lang", "pt-BR"], { LANG: "en_US.UTF-8" })).toBe("pt-BR");
    expect(findLocale(["banks", "--lang=en"], { LANG: "pt_BR.UTF-8" })).toBe("en");
  });

  it("follows LC_ALL, LC_MESSAGES and LANG in this order, empty ones left out", () => {
    expect(findLocale([], { LC_ALL: "pt_BR.UTF-8", LANG: "en_US.UTF-8" })).toBe("pt-BR");
    expect(findLocale([], { LC_ALL: "", LC_MESSAGES: "pt_PT", LANG: "en_US" })).toBe("pt-BR");
    expect(findLocale([], { LANG: "pt" })).toBe("pt-BR");
  });

  it("is English where no other is known", () => {
    for (const LANG of ["C", "POSIX", "de_DE.UTF-8", "", undefined]) {
      expect(findLocale([], { LANG })).toBe("en");
    }
  });
});

describe("every text", () => {
  it("exists in both languages, and none is left untranslated by accident", () => {
    const [ours, theirs] = [leaves(english), leaves(portuguese)];
    expect([...theirs.keys()]).toEqual([...ours.keys()]);
    expect([...theirs.values()].filter((text) => text.trim() === "")).toEqual([]);
    const sentences = [...ours].filter(([, text]) => text.split(" ").length >= 5);
    expect(sentences.filter(([name, text]) => theirs.get(name) === text)).toEqual([]);
  });
});

/** Texts by their path; a text with parameters is shown with placeholders. */
function leaves(texts: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([name, value]): [string, string][] => {
      if (typeof value === "string") return [[path + name, value]];
      if (typeof value === "function") return [[path + name, String(value("x", "y", "z"))]];
      return [...leaves(value as object, `${path}${name}.`)];
    }),
  );
}
