import { describe, expect, it } from "vitest";
import en from "../../messages/en.json";
import ptBR from "../../messages/pt-BR.json";
import { chooseLocale } from "./locale.ts";

interface Tree {
  readonly [key: string]: string | Tree;
}

/** `overview.title` → its text, for every leaf. */
function leaves(tree: Tree, path = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[`${path}${key}`, value] as const]
        : [...leaves(value, `${path}${key}.`)],
    ),
  );
}

/** The names that a message takes, such as `{bank}` or `{n, plural, …}`. */
function names(message: string): string[] {
  return [...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? "").toSorted();
}

describe("messages", () => {
  const english = leaves(en);
  const portuguese = leaves(ptBR);

  it("exist in both languages under the same keys", () => {
    expect([...english.keys()].toSorted()).toEqual([...portuguese.keys()].toSorted());
  });

  it("are never empty", () => {
    const empty = [...english, ...portuguese].filter(([, text]) => text.trim() === "");
    expect(empty).toEqual([]);
  });

  it("lesson 33: name no state or part of the machine", () => {
    const internal =
      /\b(?:preparing|prepared|proposed|tombstone|ballot|descriptor|rollback|deadlock|undefined|null|NaN|SQL|tRPC|Postgres\w*|[a-z]+_[a-z_]+)\b/i;
    const found = [...english, ...portuguese].filter(([, text]) =>
      internal.test(text.replaceAll(/\{\w+[,}]/g, "")),
    );
    expect(found).toEqual([]);
  });

  it("take the same names in both languages", () => {
    for (const [key, text] of english) {
      expect([key, new Set(names(portuguese.get(key) ?? ""))]).toEqual([key, new Set(names(text))]);
    }
  });
});

describe("the reader's language", () => {
  it("is the one chosen, else the browser's first that we have, else Portuguese", () => {
    expect(chooseLocale("en", "pt-BR")).toBe("en");
    expect(chooseLocale(undefined, "fr-FR, en-US;q=0.8, pt;q=0.5")).toBe("en");
    expect(chooseLocale("xx", "pt-PT,en")).toBe("pt-BR");
    expect(chooseLocale(undefined, null)).toBe("pt-BR");
  });
});
