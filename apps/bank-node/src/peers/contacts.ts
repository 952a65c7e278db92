/** When each peer was last heard of, for `/status` and the operators' screens. */
export class Contacts {
  #banks: readonly string[];
  readonly #lastContactAt = new Map<string, number>();
  readonly #missing = new Set<string>();
  readonly #skewsMs = new Map<string, number>();

  constructor(banks: readonly string[]) {
    this.#banks = banks;
  }

  /** The banks that are looked at from now on. */
  follow(banks: readonly string[]): void {
    this.#banks = banks;
  }

  /** It answered, or it called us: both prove that it lives. */
  reached(bank: string): void {
    this.#lastContactAt.set(bank, Date.now());
    this.#missing.delete(bank);
  }

  missed(bank: string): void {
    this.#missing.add(bank);
  }

  /** Its clock, less ours, when it was last looked at. */
  sawClock(bank: string, skewMs: number): void {
    this.#skewsMs.set(bank, skewMs);
  }

  /** By bank, in milliseconds; positive when the other clock is ahead. */
  get skewsMs(): ReadonlyMap<string, number> {
    return this.#skewsMs;
  }

  /** In the wire's form; `reachable` is null for a bank that was never tried. */
  list(): { bank: string; reachable: boolean | null; lastContactAt: string | null }[] {
    return this.#banks.map((bank) => {
      const at = this.#lastContactAt.get(bank);
      return {
        bank,
        reachable: this.#missing.has(bank) ? false : at === undefined ? null : true,
        lastContactAt: at === undefined ? null : new Date(at).toISOString(),
      };
    });
  }
}
