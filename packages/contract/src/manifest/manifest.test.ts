import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findMember, ManifestError, parseManifest, parseRunnableManifest } from "./parse.ts";

const brasil = readFileSync(new URL("../../../../consortium/brasil.json", import.meta.url), "utf8");
const branches = readFileSync(
  new URL("../../../../consortium/branches.json", import.meta.url),
  "utf8",
);

interface Draft {
  [key: string]: unknown;
  members: Array<Record<string, unknown>>;
  decider: { kind: string; witnesses?: string[] };
}

/** The problems found in the five-bank manifest after `change`. */
function problemsAfter(change: (draft: Draft) => void): readonly string[] {
  const draft = JSON.parse(brasil) as Draft;
  change(draft);
  try {
    parseManifest(JSON.stringify(draft), "draft.json");
  } catch (error) {
    if (error instanceof ManifestError) return error.problems;
    throw error;
  }
  return [];
}

function at(draft: Draft, index: number): Record<string, unknown> {
  const member = draft.members[index];
  if (member === undefined) throw new Error(`no member ${index}`);
  return member;
}

describe("manifest", () => {
  it("accepts the committed consortia", () => {
    expect(parseManifest(brasil, "brasil.json").members.map((member) => member.id)).toEqual([
      "azul",
      "verde",
      "ambar",
      "coral",
      "violeta",
    ]);
    expect(parseManifest(branches, "branches.json").members.map((member) => member.id)).toEqual([
      "arizona",
      "texas",
    ]);
  });

  it("finds members by id and no other way", () => {
    const manifest = parseManifest(brasil, "brasil.json");
    expect(findMember(manifest, "verde")?.name).toBe("Banco Verde");
    expect(findMember(manifest, "roxo")).toBeUndefined();
  });

  it("refuses text that is no JSON, naming the file", () => {
    expect(() => parseManifest("{", "x.json")).toThrow(/x\.json cannot be used[\s\S]*not JSON/);
  });

  it("refuses unknown fields, so that a private key never slips in", () => {
    const problems = problemsAfter((draft) => {
      at(draft, 0)["privateKey"] = "x";
    });
    expect(problems.join()).toContain("members[0]: Unrecognized key");
  });

  it("says where and how a value is wrong", () => {
    const problems = problemsAfter((draft) => {
      at(draft, 1)["ispb"] = 123;
      at(draft, 2)["colour"] = "blue";
      at(draft, 3)["url"] = "http://127.0.0.1:3001/";
    });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain("members[1].ispb:");
    expect(problems[1]).toContain("#1D4ED8");
    expect(problems[2]).toContain("without path or slash");
  });

  it.each(["id", "ispb", "mark"])("refuses two members with one %s", (field) => {
    const problems = problemsAfter((draft) => {
      at(draft, 4)[field] = at(draft, 0)[field];
    });
    expect(problems.join()).toContain(`members: ${field}`);
  });

  it.each([
    [["azul", "verde"], "odd number of at least 3"],
    [["azul", "azul", "verde"], "named twice"],
    [["azul", "verde", "roxo"], "witness roxo is not a member"],
    [[], "0 witnesses"],
  ])("refuses the witnesses %j", (witnesses, sentence) => {
    const problems = problemsAfter((draft) => {
      draft.decider.witnesses = witnesses;
    });
    expect(problems.join()).toContain(sentence);
  });

  it("refuses trust in a bank that is no member, and in oneself", () => {
    const problems = problemsAfter((draft) => {
      at(draft, 0)["trust"] = [
        { bank: "roxo", roles: ["teller"] },
        { bank: "azul", roles: ["teller"] },
      ];
    });
    expect(problems).toHaveLength(2);
  });

  it("refuses to run a template, naming each member without address or key", () => {
    expect(() => parseRunnableManifest(branches, "branches.json")).toThrow(
      /arizona: url is empty[\s\S]*arizona: publicKeys is empty[\s\S]*texas: url is empty/,
    );
  });
});
