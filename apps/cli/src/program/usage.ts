import type { Command, CommanderError } from "commander";
import type { Language } from "../language/language.ts";
import type { Texts } from "../language/texts.ts";

/** Commander's own words in the reader's language, down the whole tree of commands. */
export function speak(command: Command, { texts }: Language): void {
  const titles: Readonly<Record<string, string>> = {
    "Usage:": texts.help.usage,
    "Arguments:": texts.help.arguments,
    "Options:": texts.help.options,
    "Commands:": texts.help.commands,
  };
  command.helpOption("-h, --help", texts.help.helpOption);
  command.configureHelp({
    styleTitle: (title) => titles[title] ?? title,
    // Values such as "default" would come in English.
    optionDescription: (option) => option.description,
    showGlobalOptions: false,
  });
  if (command.commands.length > 0) {
    command.helpCommand("help [command]", texts.help.helpCommand);
  }
  for (const child of command.commands) speak(child, { texts, locale: "en" });
}

/** What is wrong with the command line, in the reader's language. */
export function usageSentence(error: CommanderError, { errors }: Texts): string {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "commander.missingArgument":
      return errors.missingArgument(quoted);
    case "commander.missingMandatoryOptionValue":
      return errors.missingOption(quoted);
    case "commander.optionMissingArgument":
      return errors.optionNeedsValue(quoted);
    case "commander.unknownOption":
      return errors.unknownOption(quoted);
    case "commander.unknownCommand":
      return errors.unknownCommand(quoted);
    case "commander.excessArguments":
      return errors.tooManyArguments;
    default:
      return error.message.replace(/^error: /, "");
  }
}

/** Help goes to stdout and is no error. */
export function isHelp({ code }: CommanderError): boolean {
  return code === "commander.helpDisplayed" || code === "commander.version";
}

/** A group named without a verb shows its help; that is wrong usage. */
export function isBareGroup({ code }: CommanderError): boolean {
  return code === "commander.help";
}
