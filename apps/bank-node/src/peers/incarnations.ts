/**
 * Which life of each bank may speak (R49). A bank put back from a backup gets a higher incarnation;
 * from the first message of that one on, whatever still runs on the abandoned database is not
 * listened to any more: two live databases of one bank are the one fault that no protocol survives.
 */
export class Incarnations {
  #own = 1;
  readonly #highest = new Map<string, number>();
  #onRaised: (bank: string, incarnation: number) => void = () => undefined;

  /** The incarnation under which this bank signs. */
  get own(): number {
    return this.#own;
  }

  set own(incarnation: number) {
    this.#own = incarnation;
  }

  /** What earlier runs of this node had heard; `onRaised` is told of every higher one. */
  load(
    known: readonly { readonly bank: string; readonly incarnation: number }[],
    onRaised: (bank: string, incarnation: number) => void,
  ): void {
    for (const { bank, incarnation } of known) this.#raise(bank, incarnation);
    this.#onRaised = onRaised;
  }

  /** Hears a verified message; false when its sender has been superseded. */
  isCurrent(bank: string, incarnation: number): boolean {
    const highest = this.#highest.get(bank) ?? 0;
    if (incarnation < highest) return false;
    if (incarnation > highest) {
      this.#raise(bank, incarnation);
      this.#onRaised(bank, incarnation);
    }
    return true;
  }

  #raise(bank: string, incarnation: number): void {
    this.#highest.set(bank, Math.max(incarnation, this.#highest.get(bank) ?? 0));
  }
}
