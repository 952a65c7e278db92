import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // Without a child somebody else (the consortium, say) listens for the signal.
    if (running.size === 0) return;
    for (const child of running) child.kill(signal);
    process.exitCode = 128 + constants.signals[signal];
  });
}

/**
 * Ends us like a SIGTERM when the process that started us is gone: a killed npm tells nobody.
 * (The `exec` in package.json's scripts is for the other half: without it npm's SIGTERM reaches
 * the shell between us and no further.)
 */
function endWithLauncher() {
  const launcher = process.ppid;
  const look = () => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  };
  const timer = setInterval(look, 500);
  timer.unref();
}

/**
 * Runs a program to its end and gives its exit code. A signal to us goes on to it.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string>, quiet?: boolean }} [options] `quiet`: what
 *   it says is shown only when it fails
 * @returns {Promise<number>}
 */
export function run(command, parameters, { cwd = root, env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    running.add(child);
    /** @type {Buffer[]} */
    const said = [];
    child.stdout?.on("data", (chunk) => said.push(chunk));
    child.stderr?.on("data", (chunk) => said.push(chunk));
    child.once("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.once("close", (code, signal) => {
      running.delete(child);
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      if (status !== 0 && quiet) process.stderr.write(Buffer.concat(said));
      resolve(status);
    });
  });
}

/**
 * As {@link run}, but an exit code other than 0 is an error.
 * @param {string} doing what fails in the message: "installing"
 * @param {Parameters<typeof run>} args
 */
export async function mustRun(doing, ...args) {
  const code = await run(...args);
  if (code !== 0) throw new ScriptError(`${doing} failed with exit code ${code}; see above.`);
}

/** Something that people can mend; shown without a stack. */
export class ScriptError extends Error {
  name = "ScriptError";
}

/**
 * The script's whole work: sentences for what people can mend, a stack for what they cannot.
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  if (process.env["npm_lifecycle_event"] !== undefined) endWithLauncher();
  try {
    await work();
  } catch (error) {
    if (process.exitCode === undefined || process.exitCode === 0) process.exitCode = 1;
    process.stderr.write(
      `${error instanceof ScriptError ? error.message : (error?.stack ?? error)}\n`,
    );
  }
}
