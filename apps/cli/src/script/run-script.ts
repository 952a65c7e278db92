import { readFile } from "node:fs/promises";
import { PAGE_SIZE_MAX } from "@pacto/contract";
import { readBank } from "../arguments/references.ts";
import { readKey } from "../arguments/scalars.ts";
import { askBank } from "../consortium/ask-bank.ts";
import { type ExitCode, WrongUsage } from "../exit.ts";
import { reportOfError, type Report } from "../output/report.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";
import { type Alias, aliases, type ScriptUser } from "./aliases.ts";
import { splitLine } from "./split-line.ts";

export interface ScriptOptions {
  readonly bank: string;
  readonly as: string;
  readonly stop?: boolean;
  readonly key?: string;
}

/** One line of a script and what became of it. */
interface LineResult {
  readonly line: number;
  readonly command: string;
  readonly exit: ExitCode;
  readonly result: readonly string[];
}

/** The auditor of the older systems. */
const AUDIT = "Audit";
/** A key is at most 100 signs, with a line's number at its end. */
const KEY_MAX = 90;

/**
 * Runs a file of commands as a named user, one on each line: verbs of the older teaching systems,
 * `user NAME`, or any command of this program. Each line has its result; a line that is refused
 * does not stop the others unless asked. The same key runs no line twice.
 */
export async function runScript(
  session: Session,
  path: string,
  options: ScriptOptions,
): Promise<Told> {
  const { language } = session;
  const { counter } = language.texts;
  const bank = readBank(options.bank, language);
  const key = readKey(options.key, language).slice(0, KEY_MAX);
  const text = await readScript(session, path);
  const results: LineResult[] = [];
  let user = await findUser(session, bank, options.as);
  for (const [at, command] of text.split(/\r?\n/u).entries()) {
    const words = splitLine(command);
    if (words?.length === 0) continue;
    const line = at + 1;
    const idempotencyKey = `${key}:${line}`;
    const done = await runLine(session, async () => {
      if (words === null) throw new WrongUsage(counter.badValue(command));
      const [verb = "", ...rest] = words;
      if (verb === "user") {
        user = await findUser(session, bank, rest.join(" "));
        return [rest.join(" ")];
      }
      const alias = Object.hasOwn(aliases, verb) ? aliases[verb] : undefined;
      if (alias === undefined || isCommand(verb, rest)) return session.runCommand(words);
      checkForm(session, alias, rest);
      return alias.run({ session, bank, user, words: rest, idempotencyKey });
    });
    results.push({ line, command: command.trim(), ...done });
    if (done.exit !== 0 && options.stop === true) break;
    if (session.signal.aborted) break;
  }
  const exit = results.reduce<ExitCode>((worst, one) => (one.exit > worst ? one.exit : worst), 0);
  return { json: { results, idempotencyKey: key }, lines: results.flatMap(show), exit };

  function show({ line, exit, command, result }: LineResult): string[] {
    const word = exit === 0 ? counter.ok : exit === 3 ? counter.unknown : counter.refused;
    const [first = "", ...others] = result;
    const head = `${counter.line(line)}  ${word}  ${command}${first === "" ? "" : `  →  ${first}`}`;
    return [head, ...others.map((other) => `    ${other}`)];
  }
}

/** `deposit azul/10001-2 5` is this program's own verb, with the bank before the account. */
function isCommand(verb: string, [first = ""]: readonly string[]): boolean {
  return (verb === "deposit" || verb === "withdraw") && first.includes("/");
}

function checkForm({ language }: Session, alias: Alias, words: readonly string[]): void {
  const [least, most] = alias.arguments;
  if (words.length >= least && words.length <= most) return;
  throw new WrongUsage(language.texts.counter.usage(alias.form));
}

async function runLine(
  session: Session,
  work: () => Promise<readonly string[] | Report>,
): Promise<Pick<LineResult, "exit" | "result">> {
  try {
    const result = await work();
    if (!("exit" in result)) return { exit: 0, result };
    const text = `${result.stdout}${result.stderr}`.trimEnd();
    return { exit: result.exit, result: text === "" ? [] : text.split("\n") };
  } catch (error) {
    const report = reportOfError(error, false, session.language);
    if (report === undefined) throw error;
    const text = `${report.stdout}${report.stderr}`.trimEnd();
    return { exit: report.exit, result: text.split("\n") };
  }
}

async function readScript({ language }: Session, path: string): Promise<string> {
  try {
    return await readFile(path === "-" ? "/dev/stdin" : path, "utf8");
  } catch (cause) {
    throw new WrongUsage(language.texts.counter.badValue(path), { cause });
  }
}

/** A client by exact name, CPF or CNPJ, or the auditor. @throws WrongUsage */
async function findUser(session: Session, bank: string, name: string): Promise<ScriptUser> {
  if (name === AUDIT) return { kind: "audit" };
  const { clients } = await askBank(session.consortium(), bank, (api) =>
    api.clients.list.query({ search: name, limit: PAGE_SIZE_MAX }),
  );
  const named = clients.filter((client) => client.name.toLowerCase() === name.toLowerCase());
  const client = named[0] ?? (/[0-9]/u.test(name) && clients.length === 1 ? clients[0] : undefined);
  if (client === undefined) throw new WrongUsage(session.language.texts.counter.noUser(name));
  return { kind: "client", client };
}
