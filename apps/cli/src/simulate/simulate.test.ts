import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { languageOf } from "../language/language.ts";
import { reportOf } from "../output/report.ts";
import { runPacto } from "../run-pacto.ts";
import { openSession } from "../session.ts";
import { realLedger, type Resources } from "./real-ledger.ts";
import { simulate } from "./simulate.ts";

const surroundings = { environment: { LANG: "en" }, workingFolder: "/", repository: "/" };

function pacto(line: string) {
  return runPacto(line.split(" "), { ...surroundings, progress: () => {} });
}

/** A ledger that forgets to give held money back. */
const forgetful: Resources = {
  ...realLedger,
  release(state, transaction) {
    const holds = new Map(state.holds);
    holds.delete(transaction);
    return { ...state, holds };
  },
};

describe("pacto simulate", () => {
  it("says how many schedules kept every law, what they reached, and what never", async () => {
    const { exit, stdout, stderr } = await pacto("simulate --seed 7 --schedules 20");
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(stdout).toContain("20 schedules from seed 7");
    expect(stdout).toMatch(/hash +[0-9a-f]{8} \(the first schedules run again gave the same\)/);
    expect(stdout).toMatch(/compare-and-set lost +\d/);
    expect(stdout).toMatch(/NEVER\n/);
    expect(stdout).toContain("PASS: no law was broken in 20 schedules");
  });

  it("gives the same hash for the same seeds, and another for others", async () => {
    const hashOf = async (line: string) => {
      const { stdout } = await pacto(`simulate --schedules 30 --json ${line}`);
      return (JSON.parse(stdout) as { hash: string }).hash;
    };
    const hashes = [await hashOf("--seed 3"), await hashOf("--seed 3"), await hashOf("--seed 4")];
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  it("names the register's states in its mode only", async () => {
    const local = await pacto("simulate --schedules 5 --mode local");
    expect(local.stdout).not.toContain("register: outbid");
    const register = await pacto("simulate --schedules 5 --mode register");
    expect(register.stdout).toContain("register: outbid");
    expect(await pacto("simulate --mode neither")).toMatchObject({ exit: 2 });
  });

  it("shows one schedule line by line and as a diagram", async () => {
    const { exit, stdout } = await pacto("simulate --seed 5 --trace --mermaid");
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^ +1 {2}[A-D]/);
    expect(stdout).toContain("```mermaid\nsequenceDiagram");
    expect(stdout).toContain("1 schedules from seed 5");
  });

  it("ends with exit 1 and the shortest schedule found when a law is broken", async () => {
    const language = languageOf("en");
    const signal = new AbortController().signal;
    const session = openSession(language, surroundings, {
      progress: () => {},
      signal,
      isDryRun: false,
      runCommand: () => Promise.reject(new Error("no command runs another here")),
    });
    const told = await simulate(session, { schedules: "200" }, forgetful);
    const { exit, stdout } = reportOf(told, false, language);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/violations +1/);
    expect(stdout).toContain("sequenceDiagram");
    expect(stdout).toMatch(/FAIL: seed \d+ breaks .*holds do not add up/);
    expect(stdout).toMatch(/Again: pacto simulate --seed \d+ --schedules 1\n$/);
    const { violation } = told.json as { violation: { events: object[] } };
    expect(violation.events.length).toBeLessThan(60);
  }, 60_000);

  it("lets coordinators die for good: the register leaves nobody waiting (R5)", async () => {
    const { exit, stdout } = await pacto("simulate --coordinator-deaths 20 --json");
    expect(exit).toBe(0);
    const { modes } = JSON.parse(stdout) as { modes: { mode: string; blocked: number }[] };
    expect(modes.map(({ mode, blocked }) => [mode, blocked > 0])).toEqual([
      ["local", true],
      ["register", false],
    ]);
  }, 60_000);
});

describe("pacto simulate on all processors", () => {
  const outdir = fileURLToPath(new URL(`../../.pacto-test-${process.pid}`, import.meta.url));
  afterAll(() => rm(outdir, { recursive: true, force: true }));

  it("gives the hash that one thread gives", async () => {
    const run = promisify(execFile);
    const builder = new URL("../../build.mjs", import.meta.url).href;
    const script = `await (await import("${builder}")).build("${outdir}")`;
    await run(process.execPath, ["--input-type=module", "--eval", script]);
    const argv = ["simulate", "--schedules", "1200", "--json"];
    const bundled = await run(process.execPath, [`${outdir}/pacto.js`, ...argv]);
    const here = await pacto(argv.join(" "));
    const [many, one] = [bundled.stdout, here.stdout].map(
      (text) => JSON.parse(text) as { hash: string; threads: number; commits: number },
    );
    expect(many?.hash).toBe(one?.hash);
    expect(many?.commits).toBe(one?.commits);
    expect(one?.threads).toBe(1);
  }, 120_000);
});
