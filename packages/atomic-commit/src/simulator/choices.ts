/**
 * Where every choice of a schedule comes from: a seed, or a list of earlier choices. Zero is
 * always the tamest choice, and so is everything after the end of a list: shorter lists and
 * smaller numbers are simpler schedules.
 */
export interface Choices {
  /** An integer in [0, n). */
  below(n: number): number;
  /** True with probability `percent` / 100. */
  chance(percent: number): boolean;
  /** What was chosen so far; empty unless recording. */
  readonly taken: number[];
}

/** Choices from a seed (splitmix32); the same seed gives the same choices everywhere. */
export function choicesFromSeed(seed: number, recording: boolean): Choices {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bf03635) >>> 0;
  const taken: number[] = [];
  function below(n: number): number {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    z = (z ^ (z >>> 15)) >>> 0;
    const value = Math.floor((z / 0x1_0000_0000) * n);
    if (recording) taken.push(value);
    return value;
  }
  return { below, taken, chance: (percent) => percent > 0 && below(100) >= 100 - percent };
}

/** Choices from a list. */
export function choicesFromList(list: readonly number[]): Choices {
  let at = 0;
  const taken: number[] = [];
  function below(n: number): number {
    const value = (list[at] ?? 0) % n;
    at += 1;
    taken.push(value);
    return value;
  }
  return { below, taken, chance: (percent) => percent > 0 && below(100) >= 100 - percent };
}
