import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { languageOf } from "./language/language.ts";
import { addCommands } from "./program/commands.ts";
import { runPacto } from "./run-pacto.ts";

const nowhere = mkdtempSync(join(tmpdir(), "pacto-cli-"));

function pacto(line: string, LANG = "en") {
  return runPacto(line === "" ? [] : line.split(" "), {
    environment: { LANG },
    workingFolder: nowhere,
    repository: nowhere,
    progress: () => {},
  });
}

const verbs = [
  ...["banks", "client create", "client list", "client show", "account open", "account list"],
  ...["account show", "deposit", "withdraw", "balance", "statement", "transfer", "tx show"],
  ...[
    "tx list",
    "in-doubt",
    "check",
    "doctor",
    "bank stop",
    "bank start",
    "bank kill",
    "bank pause",
  ],
  ...["pix send", "pix resolve", "pix list", "pix key register", "pix key list", "pix key move"],
  ...["pix confirm", "pix refund", "pix show", "pix charge create", "pix charge list"],
  ...["pix charge show", "pix charge change", "pix charge remove", "pix webhook set"],
  ...["pix webhook list", "pix webhook remove", "pix return report", "pix request send"],
  ...["pix key remove", "pix brcode build", "pix brcode parse", "pix brcode doctor"],
  ...["bank resume", "bench", "simulate", "tx receipt", "verify"],
  ...["bank drain", "bank safe-to-stop", "heuristic request", "heuristic list"],
  ...[
    "heuristic approve",
    "heuristic decline",
    "heuristic evidence",
    "backup",
    "backup list",
    "restore",
  ],
];

/** Verbs that change nothing at a bank. */
const reading: readonly string[] = [
  "account balance-at",
  "account list",
  "account show",
  "approval list",
  "approval show",
  "audit export",
  "audit list",
  "audit verify",
  "balance",
  "banks",
  "client elsewhere",
  "client history",
  "client list",
  "client show",
  "drawer list",
  "entries",
  "holders",
  "in-doubt",
  "interest rates",
  "interest simulate",
  "job fetch",
  "job list",
  "job show",
  "limit show",
  "loan list",
  "loan quote",
  "loan show",
  "loan statement",
  "pix brcode build",
  "pix brcode doctor",
  "pix brcode parse",
  "pix charge list",
  "pix charge show",
  "pix claim list",
  "pix confirm",
  "pix key list",
  "pix list",
  "pix mandate list",
  "pix request list",
  "pix resolve",
  "pix return holds",
  "pix return list",
  "pix return show",
  "pix schedule list",
  "pix show",
  "pix webhook list",
  "plan list",
  "report account",
  "report day",
  "report match",
  "report positions",
  "report settlement",
  "report settlements",
  "report trial",
  "staff list",
  "statement",
  "tx list",
  "tx receipt",
  "tx show",
  "verify",
  "webhook deliveries",
  "webhook list",
];

/** What operators do with programs, backups and keys: nothing that a second sending would double. */
const operating: readonly string[] = [
  "backup",
  "backup list",
  "bank drain",
  "bank kill",
  "bank pause",
  "bank resume",
  "bank safe-to-stop",
  "bank start",
  "bank stop",
  "bench",
  "chaos",
  "check",
  "completion",
  "doctor",
  "fuzz",
  "heuristic approve",
  "heuristic decline",
  "heuristic evidence",
  "heuristic list",
  "heuristic request",
  "keys authority",
  "keys certificate",
  "keys member",
  "keys rotate",
  "pix races",
  "restore",
  "sign-in",
  "simulate",
];

interface Verb {
  readonly name: string;
  readonly options: readonly string[];
}

function verbsOf(command: Command, path: readonly string[] = []): Verb[] {
  const below = command.commands.flatMap((child) => verbsOf(child, [...path, child.name()]));
  const options = command.options.flatMap(({ long }) => long ?? []);
  return options.includes("--json") ? [{ name: path.join(" "), options }, ...below] : below;
}

describe("every verb", () => {
  const program = new Command("pacto");
  addCommands(program, languageOf("en"), async () => {});
  const all = verbsOf(program);

  it("tells programs as JSON, in both languages", () => {
    expect(all.length).toBeGreaterThan(120);
    for (const { name, options } of all) {
      expect(options, name).toEqual(expect.arrayContaining(["--json", "--lang"]));
    }
  });

  it("that changes something has a key, and can be tried without sending anything", () => {
    const others = all.filter(({ options }) => !options.includes("--dry-run"));
    const known = [...reading, ...operating].toSorted();
    expect(others.map(({ name }) => name).toSorted()).toEqual(known);
    for (const { name, options } of all.filter((one) => !others.includes(one))) {
      expect(options, name).toContain("--ask-approval");
      expect(name === "pix refund" || options.includes("--key"), name).toBe(true);
    }
  });

  it.each(["bash", "zsh", "fish"])("is completed by %s", async (shell) => {
    const { exit, stdout } = await pacto(`completion ${shell}`);
    expect(exit).toBe(0);
    for (const { name } of all) expect(stdout).toContain(name.split(" ").at(-1));
  });
});

describe("pacto", () => {
  it.each(verbs)("%s has --json and --help in both languages", async (verb) => {
    for (const [LANG, heading] of [
      ["en", "Usage: "],
      ["pt_BR.UTF-8", "Uso: "],
    ]) {
      const { exit, stdout, stderr } = await pacto(`${verb} --help`, LANG);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      expect(stdout).toContain(`${heading}pacto ${verb}`);
      expect(stdout).toContain("--json");
      expect(stdout).toContain("--lang");
    }
  });

  it("lists its commands when asked, and when nothing is asked", async () => {
    expect(await pacto("--help")).toMatchObject({ exit: 0, stderr: "" });
    const bare = await pacto("");
    expect(bare.exit).toBe(2);
    expect(bare.stderr).toContain("transfer");
    expect((await pacto("client")).stderr).toContain("create");
  });

  it.each([
    ["frob", "There is no command frob."],
    ["balance", "The argument BANK/ACCOUNT is missing."],
    ["balance azul/10001-3 more", "There are more arguments than this command takes."],
    ["banks --frob", "There is no option --frob."],
    ["transfer --from azul/10001-3:1", "The option --to <BANK/ACCOUNT[:AMOUNT]> is missing."],
    ["deposit azul/10001-3 1 --key", "The option --key <key> needs a value."],
    ["deposit azul/10001-3 1.005", '"1.005" may be thousands or decimals.'],
    ["banks --lang de", 'There is no language "de" here'],
  ])("%s is wrong usage, exit 2", async (line, sentence) => {
    const report = await pacto(line);
    expect(report).toMatchObject({ exit: 2, stdout: "" });
    expect(report.stderr).toContain(sentence);
  });

  it("says where it looked for a consortium, exit 3", async () => {
    const report = await pacto("banks");
    expect(report.exit).toBe(3);
    expect(report.stderr).toContain(join(nowhere, ".pacto"));
    expect((await pacto("banks", "pt_BR")).stderr).toContain("Não há consórcio");
  });
});
