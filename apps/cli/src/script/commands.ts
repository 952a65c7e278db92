import type { Command } from "commander";
import type { Language } from "../language/language.ts";
import { keyOption, leaf, type Leaf } from "../program/leaf.ts";
import { tellCompletion } from "./completion.ts";
import { runScript, type ScriptOptions } from "./run-script.ts";

/** `pacto script FILE`. */
export function script({ texts }: Language): Leaf {
  const { counter: says } = texts;
  return leaf({
    name: "script",
    summary: says.script,
    arguments: [["<FILE>", says.options.file]],
    options: [
      ["--bank <BANK>", says.options.bank, "mandatory"],
      ["--as <name>", says.options.as, "mandatory"],
      ["--stop", says.options.stop],
      keyOption(texts),
    ],
    run: (session, [path = ""], given: ScriptOptions) => runScript(session, path, given),
  });
}

/** `pacto completion bash|zsh|fish`. */
export function completion({ texts }: Language, program: Command): Leaf {
  const { counter: says } = texts;
  return {
    name: "completion",
    summary: says.completion,
    arguments: [["<SHELL>", says.options.shell]],
    run: (session, [shell = ""]) => tellCompletion(session, program, shell),
  };
}
