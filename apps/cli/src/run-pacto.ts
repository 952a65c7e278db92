import { Command, CommanderError } from "commander";
import type { Surroundings } from "./consortium/consortium.ts";
import { WrongUsage } from "./exit.ts";
import { type Language, languageOf } from "./language/language.ts";
import { findLocale, parseLocale } from "./language/locale.ts";
import { type Report, reportOf, reportOfError } from "./output/report.ts";
import { addCommands } from "./program/commands.ts";
import { isBareGroup, isHelp, speak, usageSentence } from "./program/usage.ts";
import { openSession } from "./session.ts";

export interface RunOptions extends Surroundings {
  /** Receives lines about long work while it goes on. */
  readonly progress: (line: string) => void;
  /** Aborted when the user gives up. */
  readonly signal?: AbortSignal;
  /** Changes are shown instead of sent, whatever the command line says. */
  readonly isDryRun?: boolean;
}

/** Version of the program; the repository has one for all of its parts. */
const VERSION = "0.1.0";

/**
 * Runs one command line to its end and says what to print and how to exit. It writes nothing
 * itself but progress; errors that nobody expected are thrown.
 */
export async function runPacto(argv: readonly string[], options: RunOptions): Promise<Report> {
  const language = languageOf(findLocale(argv, options.environment));
  const wantsJson = argv.includes("--json");
  try {
    return await parseAndRun(argv, language, options);
  } catch (error) {
    const report = reportOfError(error, wantsJson, language);
    if (report !== undefined) return report;
    if (options.signal?.aborted !== true) throw error;
    return { exit: 3, stdout: "", stderr: `${language.texts.errors.interrupted}\n` };
  }
}

async function parseAndRun(
  argv: readonly string[],
  language: Language,
  options: RunOptions,
): Promise<Report> {
  let report: Report | undefined;
  const shown: string[] = [];
  const program = new Command("pacto")
    .description(language.texts.commands.pacto)
    .version(VERSION, "-V, --version", language.texts.help.version);
  addCommands(program, language, async (verb, { json, dryRun, approvalReason }) => {
    checkLocale(argv, language);
    const progress = json ? () => {} : options.progress;
    const signal = options.signal ?? new AbortController().signal;
    const isDryRun = dryRun || options.isDryRun === true;
    const session = openSession(language, options, {
      progress,
      signal,
      isDryRun,
      approvalReason,
      runCommand: (line) =>
        runPacto([...line, "--lang", language.locale], { ...options, isDryRun }),
    });
    report = reportOf(await verb(session), json, language);
  });
  speak(program, language);
  prepare(program, (text) => shown.push(text));
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (isHelp(error)) return { exit: 0, stdout: shown.join(""), stderr: "" };
    if (isBareGroup(error)) return { exit: 2, stdout: "", stderr: shown.join("") };
    throw new WrongUsage(usageSentence(error, language.texts), { cause: error });
  }
  return report ?? { exit: 0, stdout: shown.join(""), stderr: "" };
}

/** Commander neither ends the process nor writes: help is caught, errors are thrown. */
function prepare(command: Command, show: (text: string) => void): void {
  command.exitOverride();
  command.configureOutput({ writeOut: show, writeErr: show, outputError: () => {} });
  for (const child of command.commands) prepare(child, show);
}

function checkLocale(argv: readonly string[], { texts }: Language): void {
  const at = argv.indexOf("--lang");
  const asked = at < 0 ? undefined : argv[at + 1];
  if (asked !== undefined && parseLocale(asked) === undefined) {
    throw new WrongUsage(texts.errors.badLocale(asked));
  }
}
