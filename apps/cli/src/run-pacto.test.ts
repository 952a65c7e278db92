import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
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
