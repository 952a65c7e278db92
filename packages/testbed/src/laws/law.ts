import type { Books, ConsortiumBooks } from "./books.ts";
import type { ViolationCode } from "./sentences.ts";

/** reliability rules by their numbers; the id is the stable name that `pacto check --json` shows. */
export type LawId =
  | "double-entry"
  | "gapless-versions"
  | "bounds"
  | "holds"
  | "exactly-once"
  | "agreement"
  | "conservation"
  | "at-rest";

/** Text, counts and money (bigint centavos) that explain a violation. */
export type ViolationDetails = Readonly<Record<string, string | number | bigint | null>>;

/** One broken place: where it is, and the figures that its sentence needs. */
export interface Violation {
  readonly code: ViolationCode;
  /** Null where no single bank is to blame. */
  readonly bank: string | null;
  readonly details: ViolationDetails;
}

export interface LawReport {
  readonly id: LawId;
  /** The invariant's number, `I6`. */
  readonly rule: string;
  readonly holds: boolean;
  /** What was looked at: a law that looked at nothing proves nothing. */
  readonly counted: Readonly<Record<string, bigint>>;
  /** Sums of money that the law compared, in centavos; names end in `Centavos`. */
  readonly amounts: Readonly<Record<string, bigint>>;
  /** Up to `VIOLATIONS_MAX` of them. */
  readonly violations: readonly Violation[];
  readonly truncated: boolean;
}

export interface Law {
  readonly id: LawId;
  readonly rule: string;
  check(books: ConsortiumBooks): Promise<LawReport>;
}

export const VIOLATIONS_MAX = 100;

/** Gathers what a law counts and finds. */
export class Findings {
  readonly #counted = new Map<string, bigint>();
  readonly #amounts = new Map<string, bigint>();
  readonly #violations: Violation[] = [];

  count(what: string, number: bigint | number): void {
    this.#counted.set(what, (this.#counted.get(what) ?? 0n) + BigInt(number));
  }

  amount(what: `${string}Centavos`, centavos: bigint): void {
    this.#amounts.set(what, (this.#amounts.get(what) ?? 0n) + centavos);
  }

  violation(code: ViolationCode, bank: string | null, details: ViolationDetails): void {
    if (this.#violations.length <= VIOLATIONS_MAX) this.#violations.push({ code, bank, details });
  }

  report(law: Pick<Law, "id" | "rule">): LawReport {
    return {
      id: law.id,
      rule: law.rule,
      holds: this.#violations.length === 0,
      counted: Object.fromEntries(this.#counted),
      amounts: Object.fromEntries(this.#amounts),
      violations: this.#violations.slice(0, VIOLATIONS_MAX),
      truncated: this.#violations.length > VIOLATIONS_MAX,
    };
  }
}

/** A question whose every row is a violation: what a bank breaks by itself. */
export interface Question {
  readonly code: ViolationCode;
  /** Its columns are the details of the violation. */
  readonly sql: string;
}

/** A law that each bank keeps alone, asked as SQL that must find no row. */
export function lawOfOneBank(options: {
  readonly id: LawId;
  readonly rule: string;
  /** One row: a column for each thing counted. */
  readonly counts: string;
  readonly questions: readonly Question[];
}): Law {
  const { id, rule } = options;
  return {
    id,
    rule,
    async check(books) {
      const findings = new Findings();
      // The banks are asked at once and told in their order, so that two reports compare.
      const answers = await Promise.all(books.banks.map((bank) => askBank(bank, options)));
      for (const { counts, violations } of answers) {
        for (const [what, number] of Object.entries(counts)) findings.count(what, number);
        for (const { code, bank, details } of violations) findings.violation(code, bank, details);
      }
      return findings.report({ id, rule });
    },
  };
}

interface Answer {
  readonly counts: Readonly<Record<string, bigint>>;
  readonly violations: readonly Violation[];
}

async function askBank(
  books: Books,
  { counts, questions }: { readonly counts: string; readonly questions: readonly Question[] },
): Promise<Answer> {
  const [counted] = await books.rows<Record<string, bigint>>(counts);
  const violations: Violation[] = [];
  for (const { code, sql } of questions) {
    const found = await books.rows<ViolationDetails>(`${sql} LIMIT ${VIOLATIONS_MAX + 1}`);
    violations.push(...found.map((details) => ({ code, bank: books.bank, details })));
  }
  return { counts: counted ?? {}, violations };
}
