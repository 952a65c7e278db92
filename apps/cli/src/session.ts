import { type Consortium, findDataDir, openConsortium } from "./consortium/consortium.ts";
import type { Surroundings } from "./consortium/consortium.ts";
import { SOMEBODY } from "./sign-in/local-staff.ts";
import type { Report } from "./output/report.ts";
import type { Language } from "./language/language.ts";

/** What every verb is given. */
export interface Session {
  readonly language: Language;
  readonly dataDir: string;
  /** PACTO_AS: in whose name, where the verb is not for somebody else. */
  readonly person: string | undefined;
  /** PACTO_DATABASE_URL: a server to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Read when it is first needed: help and wrong usage need no consortium. */
  readonly consortium: () => Consortium;
  /** Aborted by Ctrl-C: a verb then ends soon and says what is not known. */
  readonly signal: AbortSignal;
  /** Runs one command line of this program, as `pacto` would. */
  readonly runCommand: (argv: readonly string[]) => Promise<Report>;
  /** Progress for people; nothing with `--json`. */
  readonly progress: (line: string) => void;
}

export function openSession(
  language: Language,
  surroundings: Surroundings,
  {
    isDryRun,
    approvalReason,
    ...own
  }: Pick<Session, "progress" | "runCommand" | "signal"> & {
    readonly isDryRun: boolean;
    readonly approvalReason?: string | undefined;
  },
): Session {
  const { progress, runCommand, signal } = own;
  const dataDir = findDataDir(surroundings);
  const person = surroundings.environment["PACTO_AS"] || undefined;
  let consortium: Consortium | undefined;
  return {
    language,
    dataDir,
    person,
    databaseUrl: surroundings.environment["PACTO_DATABASE_URL"] || undefined,
    consortium: () =>
      (consortium ??= {
        ...openConsortium(dataDir, { language, person: person ?? SOMEBODY, signal }),
        isDryRun,
        approvalReason,
      }),
    progress,
    runCommand,
    signal,
  };
}
