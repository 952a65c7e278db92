import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const TEST_FILE = /\.(test|spec)\.(ts|tsx|mjs)$/;
const SKIPPED = new Set(["node_modules", "dist", "generated", ".next", ".git", ".pacto"]);
/** Within a text, as titles are, not in a comment. */
const LESSON = /["'`][^"'`\n]*\blesson (\d+)\b/gi;
const LESSONS = Array.from({ length: 37 }, (_, at) => at + 1);

async function testFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : testFiles(path);
      return TEST_FILE.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

it("each of the bugs that systems of this kind had is a named test here", async () => {
  const folders = ["apps", "packages"].map((folder) => testFiles(join(repository, folder)));
  const named = new Set<number>();
  for (const path of (await Promise.all(folders)).flat()) {
    const text = await readFile(path, "utf8");
    for (const [, number] of text.matchAll(LESSON)) named.add(Number(number));
  }
  expect(LESSONS.filter((lesson) => !named.has(lesson))).toEqual([]);
});
