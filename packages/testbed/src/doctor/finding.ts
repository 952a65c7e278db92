/** What a finding is about. */
export type Subject = "machine" | "configuration" | "database" | "peer";

/** `fault`: something does not work or may lose money; `warning`: it will hurt some day. */
export type Level = "good" | "warning" | "fault";

/** Every sentence that an examination can end with; the command line has its words. */
export const findingCodes = [
  "node-good",
  "node-old",
  "memory-good",
  "memory-short",
  "disk-good",
  "disk-short",
  "files-good",
  "files-few",
  "manifest-good",
  "key-good",
  "key-missing",
  "key-open",
  "key-unknown",
  "key-malformed",
  "database-unknown",
  "database-good",
  "database-unreachable",
  "database-unsafe",
  "checksums-off",
  "schema-behind",
  "role-mighty",
  "transaction-old",
  "prepared-left",
  "sessions-many",
  "peer-good",
  "peer-silent",
  "peer-not-ready",
  "peer-database-down",
  "clock-skewed",
  "in-doubt-old",
  "decider-differs",
  "peer-cut-off",
] as const;

export type FindingCode = (typeof findingCodes)[number];

export interface Finding {
  readonly level: Level;
  readonly subject: Subject;
  /** The bank it is about; none for the machine. */
  readonly bank: string | null;
  readonly code: FindingCode;
  readonly details: Readonly<Record<string, string | number>>;
}

type Rest = Pick<Finding, "code"> & Partial<Pick<Finding, "details">>;

/** Makes findings about one subject of one bank. */
export function about(subject: Subject, bank: string | null) {
  const make =
    (level: Level) =>
    ({ code, details = {} }: Rest): Finding => ({ level, subject, bank, code, details });
  return { good: make("good"), warning: make("warning"), fault: make("fault") };
}
