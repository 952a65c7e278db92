import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { main, root, run, ScriptError } from "./child.mjs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The path of a Chromium that runs: the one of PLAYWRIGHT_CHROMIUM, one that is installed,
 * Playwright's own (downloaded when it can be), or Debian's (installed when we are root).
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const named = process.env["PLAYWRIGHT_CHROMIUM"];
  if (named) {
    if (runs(named)) return named;
    throw new ScriptError(`PLAYWRIGHT_CHROMIUM names ${named}, which does not run.`);
  }
  return (
    INSTALLED.find(runs) ??
    playwrightsOwn() ??
    (await downloadByPlaywright()) ??
    (await installByApt()) ??
    fail()
  );
}

async function downloadByPlaywright() {
  process.stdout.write("Downloading Chromium (npx playwright install chromium)…\n");
  const cli = join(root, "node_modules/@playwright/test/cli.js");
  const code = await run(process.execPath, [cli, "install", "chromium"], {
    quiet: true,
    // On a closed network the attempt should end soon.
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" },
  });
  return code === 0 ? playwrightsOwn() : undefined;
}

async function installByApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  process.stdout.write("Installing Chromium (apt-get install chromium)…\n");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "--yes", "--no-install-recommends", "chromium"];
  let code = await run("apt-get", install, { quiet: true, env });
  if (code !== 0) {
    // The lists of packages may be missing or old, as in fresh containers.
    await run("apt-get", ["update"], { quiet: true, env });
    code = await run("apt-get", install, { quiet: true, env });
  }
  return code === 0 ? INSTALLED.find(runs) : undefined;
}

function playwrightsOwn() {
  const { chromium } = createRequire(join(root, "apps/dashboard/package.json"))("@playwright/test");
  const path = chromium.executablePath();
  return runs(path) ? path : undefined;
}

/** @param {string} path */
function runs(path) {
  if (!existsSync(path)) return false;
  try {
    // Fails when the system lacks a library that it needs.
    execFileSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** @returns {never} */
function fail() {
  throw new ScriptError(
    "No Chromium for the browser tests. Install one, or name one by PLAYWRIGHT_CHROMIUM=/path.",
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(async () => {
    process.stdout.write(`${await findChromium()}\n`);
  });
}
