import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { run } from "../child.mjs";
import { say } from "../prepare.mjs";
import { ask } from "./ask.mjs";

/** No container engine can run here; the message says why in one line. */
export class NoEngine extends Error {
  name = "NoEngine";
}

const PACKAGES = { dockerd: "docker.io", "docker-compose": "docker-compose" };
const STARTS_WITHIN_MS = 60_000;

/**
 * A container engine that answers, with its compose command: the one that runs, or Debian's,
 * installed and started for as long as we need it.
 * @returns {Promise<{ compose: readonly string[], stop: () => Promise<void> }>}
 * @throws NoEngine
 */
export async function openEngine() {
  if (await answers()) return { compose: await findCompose(), stop: async () => {} };
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new NoEngine("no container engine answers (docker version), and only root may start one");
  }
  await installMissing(PACKAGES);
  const stop = await startDaemon();
  try {
    return { compose: await findCompose(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Installs Debian's packages for programs that are missing.
 * @param {Readonly<Record<string, string>>} packages package by program
 */
export async function installMissing(packages) {
  const wanted = [];
  for (const [program, name] of Object.entries(packages)) {
    if ((await ask("sh", ["-c", `command -v ${program}`])).code !== 0) wanted.push(name);
  }
  if (wanted.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new NoEngine(`${wanted.join(", ")} would have to be installed, by root on Debian`);
  }
  say(`Installing ${wanted.join(", ")} (apt-get)…`);
  const options = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
  const install = ["install", "--yes", "--no-install-recommends", ...wanted];
  if ((await run("apt-get", install, options)) === 0) return;
  // The lists of packages may be missing or old, as in fresh containers.
  await run("apt-get", ["update"], options);
  if ((await run("apt-get", install, options)) !== 0) {
    throw new NoEngine(`${wanted.join(", ")} cannot be installed (apt-get)`);
  }
}

async function answers() {
  return (await ask("docker", ["version"])).code === 0;
}

async function findCompose() {
  const candidates = [["docker", "compose"], ["docker-compose"]];
  for (const [command = "", ...before] of candidates) {
    if ((await ask(command, [...before, "version"])).code === 0) return [command, ...before];
  }
  await installMissing({ "docker-compose": "docker-compose" });
  return ["docker-compose"];
}

/** @returns {Promise<() => Promise<void>>} ends it */
async function startDaemon() {
  say("Starting dockerd…");
  const folder = mkdtempSync(join(tmpdir(), "pacto-dockerd-"));
  const logFile = join(folder, "dockerd.log");
  const log = openSync(logFile, "a", 0o600);
  // Its own session: Ctrl-C reaches us alone, and we stop it last.
  const parameters = ["--pidfile", join(folder, "dockerd.pid")];
  const daemon = spawn("dockerd", parameters, { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  const ended = new Promise((resolve) => {
    daemon.once("error", resolve);
    daemon.once("exit", resolve);
  });
  const stop = async () => {
    daemon.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const until = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < until && daemon.exitCode === null && daemon.pid !== undefined) {
    if (await answers()) return stop;
    await delay(250);
  }
  const words = readFileSync(logFile, "utf8").trimEnd().split("\n").at(-1) ?? "it said nothing";
  await stop();
  throw new NoEngine(`dockerd does not start here: ${words}`);
}
