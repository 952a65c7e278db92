// `npm test`: every test there is, browser tests included, from a fresh clone.
// `npm test -- PATTERN` runs the matching vitest files only.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main, root, run } from "./child.mjs";
import { findChromium } from "./find-chromium.mjs";
import { checkNode, ensureBuilt, ensureInstalled, say } from "./prepare.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

const patterns = process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), "pacto-reports-"));

await main(async () => {
  checkNode();
  await ensureInstalled();
  await ensureBuilt({ tasks: ["generate", "build"] });
  try {
    const counts = [await runVitest()];
    const dashboard = join(root, "apps/dashboard");
    if (patterns.length === 0 && existsSync(join(dashboard, "playwright.config.ts"))) {
      counts.push(await runPlaywright(dashboard));
    }
    const passed = counts.reduce((sum, count) => sum + count.passed, 0);
    const failed = counts.reduce((sum, count) => sum + count.failed, 0);
    if (failed > 0 || passed === 0) process.exitCode = 1;
    say(`${passed} passed, ${failed} failed`);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
});

/** @returns {Promise<Count>} */
async function runVitest() {
  const report = join(reports, "vitest.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run(process.execPath, [vitest, "run", ...reporters, ...patterns]);
  const result = readReport(report);
  return count(code, result?.numPassedTests ?? 0, result?.numFailedTests ?? 0);
}

/**
 * @param {string} dashboard
 * @returns {Promise<Count>}
 */
async function runPlaywright(dashboard) {
  const report = join(reports, "playwright.json");
  const playwright = join(root, "node_modules/@playwright/test/cli.js");
  const code = await run(process.execPath, [playwright, "test", "--reporter=list,json"], {
    cwd: dashboard,
    env: { PLAYWRIGHT_CHROMIUM: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  if (code !== 0) tellPages(join(dashboard, "test-results"));
  const stats = readReport(report)?.stats;
  // A flaky test is one that failed: it counts as such.
  return count(code, stats?.expected ?? 0, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0));
}

/**
 * What stood on the page when a browser test failed: on another machine its files are gone.
 * @param {string} folder
 */
function tellPages(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const page = join(folder, name, "error-context.md");
    if (existsSync(page)) say(`${name}\n${readFileSync(page, "utf8").slice(0, 8_000)}`);
  }
}

/**
 * A runner that fails without a failing test (a file that does not load, an error outside of
 * tests) counts as one failure.
 * @param {number} code
 * @param {number} passed
 * @param {number} failed
 * @returns {Count}
 */
function count(code, passed, failed) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** @param {string} path */
function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
