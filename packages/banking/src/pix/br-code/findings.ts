import type { TlvField } from "./tlv.ts";
import type { BrCodeViolation } from "./violation.ts";

type Finding = Pick<BrCodeViolation, "rule" | "path" | "start" | "end"> &
  Partial<Pick<BrCodeViolation, "severity" | "expected">>;

/** The objects of one BR Code by path, and what was found wrong with them so far. */
export class Findings {
  readonly fields: TlvField[] = [];
  readonly #byPath = new Map<string, TlvField>();
  readonly #violations: BrCodeViolation[] = [];

  /** Keeps an object; of the same object twice the first counts, the second is a violation. */
  keep(field: TlvField): void {
    this.fields.push(field);
    if (this.#byPath.has(field.path)) this.add({ rule: "duplicate", ...field });
    else this.#byPath.set(field.path, field);
  }

  get(path: string): TlvField | undefined {
    return this.#byPath.get(path);
  }

  value(path: string): string | null {
    return this.#byPath.get(path)?.value ?? null;
  }

  add({ rule, path, start, end, severity = "error", expected = null }: Finding): void {
    this.#violations.push({ rule, severity, path, start, end, expected });
  }

  has(rule: BrCodeViolation["rule"]): boolean {
    return this.#violations.some((violation) => violation.rule === rule);
  }

  sorted(): readonly BrCodeViolation[] {
    return this.#violations.toSorted((one, other) => one.start - other.start);
  }
}
