import { Argument, type Command, Option } from "commander";
import type { Language } from "../language/language.ts";
import type { Texts } from "../language/texts.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

/** `[flags, description, kind]`: one value, a list by repetition, or a mandatory one. */
export type OptionSpec = readonly [
  flags: string,
  description: string,
  kind?: "mandatory" | "repeated" | "mandatory-repeated",
];

interface LeafOf<Options extends object> {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly (readonly [name: string, description: string])[];
  readonly options?: readonly OptionSpec[];
  /** It changes something at a bank under a key of its own; said where there is no `--key`. */
  readonly isChange?: boolean;
  readonly run: (session: Session, given: readonly string[], options: Options) => Promise<Told>;
}

/** A command that does something. */
export type Leaf = LeafOf<object>;

/** A command whose verb takes the options that `options` declares; commander sees to the rest. */
export function leaf<Options extends object>(spec: LeafOf<Options>): Leaf {
  return {
    ...spec,
    run: (session, given, options) => spec.run(session, given, options as Options),
  };
}

export type Run = (
  verb: (session: Session) => Promise<Told>,
  options: {
    readonly json: boolean;
    readonly dryRun: boolean;
    /** Why a second person is asked to allow it, instead of doing it. */
    readonly approvalReason: string | undefined;
  },
) => Promise<void>;

/** Options of commands that are not the verb's own. */
interface Everywhere {
  readonly askApproval?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly lang?: string;
}

/** Adds a command that does something; every one has `--json`, `--lang` and `--help`. */
export function addLeaf(parent: Command, spec: Leaf, { texts }: Language, run: Run): Command {
  const command = parent.command(spec.name).description(spec.summary);
  for (const [name, description] of spec.arguments ?? []) {
    command.addArgument(new Argument(name, description));
  }
  for (const option of spec.options ?? []) command.addOption(optionOf(option));
  if (spec.isChange === true || hasKey(spec, texts)) {
    command.option("--dry-run", texts.counter.options.dryRun);
    command.option("--ask-approval <reason>", texts.approvals.options.ask);
  }
  command.option("--json", texts.help.json);
  command.option("--lang <pt-BR|en>", texts.help.lang);
  command.action(async () => {
    const {
      json,
      dryRun,
      askApproval,
      lang: _,
      ...options
    } = command.optsWithGlobals<Everywhere>();
    await run((session) => spec.run(session, command.args, options), {
      json: json === true,
      dryRun: dryRun === true,
      approvalReason: askApproval,
    });
  });
  return command;
}

/** A verb with an idempotency key changes something; a PIX key is another thing. */
function hasKey({ options = [] }: Leaf, texts: Texts): boolean {
  const [flags, description] = keyOption(texts);
  return options.some((option) => option[0] === flags && option[1] === description);
}

/** Adds a command that only groups others. */
export function addGroup(parent: Command, name: string, summary: string): Command {
  return parent.command(name).description(summary);
}

function optionOf([flags, description, kind]: OptionSpec): Option {
  const option = new Option(flags, description);
  if (kind === "mandatory" || kind === "mandatory-repeated") option.makeOptionMandatory();
  if (kind === "repeated" || kind === "mandatory-repeated") {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  return option;
}

/** Options that several commands share. */
export function keyOption({ help }: Texts): OptionSpec {
  return ["--key <key>", help.key];
}

export function pageOptions({ help }: Texts): readonly OptionSpec[] {
  return [
    ["--limit <n>", help.limit],
    ["--cursor <cursor>", help.cursor],
  ];
}
