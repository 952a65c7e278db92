import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun, root, ScriptError } from "./child.mjs";

const lockFile = join(root, "package-lock.json");
const stampFile = join(root, "node_modules/.pacto-installed");
const LOWEST_NODE = [20, 19];

/** Refuses a Node that is too old, with what to do. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [lowestMajor = 0, lowestMinor = 0] = LOWEST_NODE;
  if (major > lowestMajor || (major === lowestMajor && minor >= lowestMinor)) return;
  throw new ScriptError(
    `Pacto needs Node ${LOWEST_NODE.join(".")} or newer; this is ${process.versions.node}. ` +
      "Install a newer one from https://nodejs.org or with your version manager.",
  );
}

/**
 * Installs what the lock file says when it is missing or the lock file has changed. Install
 * scripts are not run: none of ours needs one, and they are how npm worms spread.
 *
 * Not `npm ci`: it refuses a lock file that lacks other platforms' optional packages, which is what
 * npm writes where a registry does not have them. `--no-save` installs the same locked versions
 * and leaves the lock file alone.
 */
export async function ensureInstalled() {
  const stamp = createHash("sha256")
    .update(readFileSync(lockFile))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  if (readOr(stampFile, "") === stamp) return;
  if (!isInstalled()) {
    say("Installing dependencies; the first time this takes a minute…");
    const npm = process.env["npm_execpath"];
    const parameters = ["install", "--no-save", "--ignore-scripts", "--include=dev"];
    const [command, ...before] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
    await mustRun("Installing", command, [...before, ...parameters, "--no-fund", "--no-audit"], {
      quiet: true,
    });
  }
  writeFileSync(stampFile, stamp);
}

/**
 * Generates and builds what has changed since the last time.
 * @param {{ tasks?: string[], without?: string[] }} [options] workspaces to leave out
 */
export async function ensureBuilt({ tasks = ["build"], without = [] } = {}) {
  say("Building what has changed…");
  const turbo = join(root, "node_modules/turbo/bin/turbo");
  const filters = without.map((workspace) => `--filter=!${workspace}`);
  await mustRun(
    "Building",
    process.execPath,
    [turbo, "run", ...tasks, ...filters, "--output-logs=errors-only", "--ui=stream"],
    { quiet: true, env: { TURBO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1" } },
  );
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Whether somebody ran npm by hand: then what it installed is compared with the lock file. */
function isInstalled() {
  const installed = readOr(join(root, "node_modules/.package-lock.json"), "");
  if (installed === "") return false;
  const there = JSON.parse(installed).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(lockFile, "utf8")).packages);
  return wanted
    .filter(([path, entry]) => path.includes("node_modules/") && !entry.optional && !entry.link)
    .every(
      ([path, entry]) => there[path]?.version === entry.version && existsSync(join(root, path)),
    );
}

/**
 * @param {string} path
 * @param {string} otherwise
 */
function readOr(path, otherwise) {
  return existsSync(path) ? readFileSync(path, "utf8") : otherwise;
}
