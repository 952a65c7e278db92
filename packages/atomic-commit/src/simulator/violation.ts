/** A law is broken: the schedule that led here is a counterexample. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly law: string;
  constructor(law: string, detail: string) {
    super(`${law}: ${detail}`);
    this.law = law;
  }
}
