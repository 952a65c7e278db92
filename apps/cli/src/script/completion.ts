import type { Command } from "commander";
import { WrongUsage } from "../exit.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** Every path of commands with the words that may follow it. */
function pathsOf(command: Command, path = ""): [string, string[]][] {
  const children = command.commands.map((child) => child.name());
  const options = command.options.flatMap(({ long }) => long ?? []);
  const below = command.commands.flatMap((child) => pathsOf(child, `${path} ${child.name()}`));
  return [[path.trim(), [...children, ...options, "--help"]], ...below];
}

/** A script for the shell that completes commands and options. @throws WrongUsage */
export function tellCompletion(session: Session, program: Command, shell: string): Promise<Told> {
  const paths = pathsOf(program);
  const script = shell === "fish" ? fish(paths) : bash(paths);
  if (!["bash", "zsh", "fish"].includes(shell)) {
    throw new WrongUsage(session.language.texts.counter.badValue(shell));
  }
  const lines =
    shell === "zsh" ? ["autoload -U +X bashcompinit && bashcompinit", ...script] : script;
  return Promise.resolve({ json: { shell, script: lines.join("\n") }, lines });
}

function bash(paths: readonly [string, readonly string[]][]): string[] {
  return [
    "_pacto() {",
    '  local path="" word words=""',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$word" in -*) ;; *) path="${path:+$path }$word" ;; esac',
    "  done",
    "  while :; do",
    '    case "$path" in',
    ...paths.map(([path, words]) => `      "${path}") words="${words.join(" ")}"; break ;;`),
    "    esac",
    '    case "$path" in *" "*) path="${path% *}" ;; *) path="" ;; esac',
    "  done",
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    "}",
    "complete -o default -F _pacto pacto",
  ];
}

function fish(paths: readonly [string, readonly string[]][]): string[] {
  return paths.map(([path, words]) => {
    const seen = path.split(" ").filter(Boolean);
    const condition =
      seen.length === 0
        ? "__fish_use_subcommand"
        : seen.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
    return `complete -c pacto -n '${condition}' -a '${words.join(" ")}'`;
  });
}
