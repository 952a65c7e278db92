/** Tells whoever wants to know that a bank no longer takes this browser's session. */
class SessionEnded {
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const sessionEnded = new SessionEnded();
