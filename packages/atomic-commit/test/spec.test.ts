import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { mutants } from "./mutants.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const spec = readFileSync(join(root, "SPEC.md"), "utf8");
const names = mutants.map(({ name }) => name);

/** Files that a file imports from this package, and those that they import. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, "utf8");
  for (const [, path] of source.matchAll(/from "([^"]+)"/g)) {
    if (path?.startsWith(".") === true) importsOf(resolve(dirname(file), path), seen);
    else seen.add(path ?? "");
  }
  return seen;
}

describe("SPEC.md", () => {
  it("names for every invariant what enforces it, and all of that exists", () => {
    const invariants = [...spec.matchAll(/^\*\*([ICPRW]\d+) [^*]+\*\*/gm)];
    const enforcements = [...spec.matchAll(/^Enforcement: (.+)$/gm)].map(([, line]) => line ?? "");
    expect(invariants.length).toBeGreaterThanOrEqual(15);
    expect(enforcements.length).toBeGreaterThanOrEqual(invariants.length);
    for (const line of enforcements) {
      const files = [...line.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? "");
      for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
      const cited = [...line.matchAll(/mutant "([^"]+)"/g)].map(([, name]) => name);
      for (const name of cited) expect(names).toContain(name);
      expect(files.length + cited.length).toBeGreaterThan(0);
    }
  });

  it("knows every law that the simulator can find broken, and every record law", () => {
    const folder = join(root, "src", "simulator");
    const files = readdirSync(folder).filter((file) => !/^(coverage|observe)\.ts$/.test(file));
    const sources = files.map((file) => readFileSync(join(folder, file), "utf8"));
    sources.push(readFileSync(join(root, "src", "invariants.ts"), "utf8"));
    const cited = sources.flatMap((source) => [...source.matchAll(/(?<!\[)"([ICPRW]\d+) /g)]);
    expect(cited.length).toBeGreaterThan(25);
    for (const [, id] of cited) expect(spec).toMatch(new RegExp(`\\*\\*${id}[ *]`));
  });

  it("names only mutants that exist, and as many as there are", () => {
    const table = spec.slice(spec.indexOf("## Must not happen"), spec.indexOf("## How it is"));
    const rows = [...table.matchAll(/^\| N\d+ \| [^|]+ \| ([^|]+) \|$/gm)].map(([, name]) => name);
    expect(rows).toHaveLength(10);
    for (const name of rows) expect(names).toContain(name?.trim());
    expect(table).toContain(`${mutants.length} in number`);
  });
});

describe("what production imports", () => {
  const graph = [...importsOf(join(root, "src", "index.ts"))];

  it("is the protocol alone: no simulator, no mutant, no other package", () => {
    expect(graph.length).toBeGreaterThan(10);
    for (const file of graph) {
      expect(file.startsWith(join(root, "src"))).toBe(true);
      expect(file).not.toMatch(/simulator|mutant|\.test\./);
    }
  });

  it("neither knows the time nor chance, and does nothing by itself", () => {
    for (const file of graph) {
      const source = readFileSync(file, "utf8");
      expect(source, file).not.toMatch(
        /\bDate\b|Math\.random|\bPromise\b|\basync\b|console|process\./,
      );
      expect(source, file).not.toMatch(/mutant|flaw|fault injection/i);
    }
  });
});
