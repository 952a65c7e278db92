import type { Locale } from "@pacto/contract";

/** The locale that a language tag asks for: `pt_BR.UTF-8`, `pt`, `en-GB`; undefined for others. */
export function parseLocale(tag: string): Locale | undefined {
  if (/^pt([_-].*)?$/i.test(tag)) return "pt-BR";
  if (/^en([_-].*)?$/i.test(tag)) return "en";
  return undefined;
}

/**
 * The reader's language: `--lang`, else the system's variables in POSIX order, else English.
 * The arguments are searched before they are parsed because help and usage errors need it too.
 */
export function findLocale(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Locale {
  const asked = [
    languageArgument(argv),
    environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"],
  ];
  for (const tag of asked) {
    const locale = parseLocale(tag ?? "");
    if (locale !== undefined) return locale;
  }
  return "en";
}

function languageArgument(argv: readonly string[]): string | undefined {
  const at = argv.indexOf("--lang");
  if (at >= 0) return argv[at + 1];
  return argv.find((argument) => argument.startsWith("--lang="))?.slice("--lang=".length);
}
