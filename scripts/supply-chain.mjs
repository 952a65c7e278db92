// Part of `npm run check`, without the network: exact versions, install scripts allowed by name,
// and no licence that we did not agree to.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { main, root, ScriptError } from "./child.mjs";
import { say } from "./prepare.mjs";

/** What a program under MIT may be built with and shipped beside. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "CC-BY-4.0",
  "ISC",
  "MIT",
  "MIT-0",
  "OFL-1.1",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
]);

/** Packages under another licence, by name, and why that is well. */
const REVIEWED = JSON.parse(readFileSync(join(root, "scripts/licences-reviewed.json"), "utf8"));

/** @typedef {{ name?: string, version?: string, license?: string, hasInstallScript?: boolean, link?: boolean }} Locked */

await main(async () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  /** @type {[string, Locked][]} */
  const packages = Object.entries(lock.packages);
  const installed = packages
    .filter(([path, { link }]) => path.includes("node_modules/") && link !== true)
    .map(([path, locked]) => ({ ...locked, name: path.split("node_modules/").at(-1) ?? path }));
  const problems = [
    ...installed.flatMap(licenceProblem),
    ...installed.flatMap(({ name, hasInstallScript }) =>
      hasInstallScript === true && !(name in own.allowScripts)
        ? [`${name} has an install script: say in package.json's allowScripts whether it may run.`]
        : [],
    ),
    ...manifests().flatMap(versionProblems),
  ];
  if (problems.length > 0) throw new ScriptError([...new Set(problems)].join("\n"));
  say(`${installed.length} packages: licences, install scripts and versions are in order.`);
});

/** @param {Locked & { name: string }} locked */
function licenceProblem({ name, license }) {
  if (isReviewed(name)) return [];
  // "(MIT OR GPL-3.0)" leaves the choice to us; "A AND B" is both.
  const choices = (license ?? "none").replaceAll(/[()]/g, "").split(" OR ");
  const isAllowed = choices.some((one) => one.split(" AND ").every((id) => ALLOWED.has(id.trim())));
  if (isAllowed) return [];
  return [
    `${name} is under ${license ?? "no licence that it names"}: review it in scripts/licences-reviewed.json or leave it out.`,
  ];
}

/** @param {string} name */
function isReviewed(name) {
  return Object.keys(REVIEWED).some((known) =>
    known.endsWith("*") ? name.startsWith(known.slice(0, -1)) : name === known,
  );
}

/** Every package.json of ours. */
function manifests() {
  const folders = ["apps", "packages"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  return [".", ...folders].map((folder) => join(folder, "package.json"));
}

/** @param {string} path */
function versionProblems(path) {
  const manifest = JSON.parse(readFileSync(join(root, path), "utf8"));
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  return Object.entries(wanted)
    .filter(([name, version]) => !name.startsWith("@pacto/") && !/^\d+\.\d+\.\d+/.test(version))
    .map(([name, version]) => `${path}: ${name} is "${version}"; give one exact version.`);
}
