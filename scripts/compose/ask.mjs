import { spawn } from "node:child_process";
import { ScriptError } from "../child.mjs";

/** @typedef {{ code: number, stdout: string, stderr: string }} Answer */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends what runs now, so that whoever waits for it can clean up. */
export function endRunning() {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs a program to its end and gives what it said; a program that does not exist gives code 127.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string>, timeoutMs?: number }} [options]
 * @returns {Promise<Answer>}
 */
export function ask(command, parameters, { cwd, env = {}, timeoutMs = 600_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
    });
    running.add(child);
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => (said.stdout += chunk));
    child.stderr.on("data", (chunk) => (said.stderr += chunk));
    const end = (answer) => {
      running.delete(child);
      resolve(answer);
    };
    child.once("error", (error) => end({ code: 127, stdout: "", stderr: error.message }));
    child.once("close", (code) => end({ code: code ?? 128, ...said }));
  });
}

/**
 * As {@link ask}, but an exit code other than 0 is an error; gives what went to standard output.
 * @param {Parameters<typeof ask>} args
 * @returns {Promise<string>}
 */
export async function mustAsk(...args) {
  const { code, stdout, stderr } = await ask(...args);
  if (code === 0) return stdout.trim();
  const [command, parameters] = args;
  const words = `${stdout}\n${stderr}`.trim().split("\n").slice(-25).join("\n");
  throw new ScriptError(`${command} ${parameters.join(" ")} ended with ${code}:\n${words}`);
}
