import { type Spread, spreadOf } from "./spread.ts";

/** What a ratio of ours over the reference's should be. */
export interface Target {
  readonly kind: "at-least" | "at-most";
  readonly value: number;
}

/** Ours beside a reference, measured in turns in one run. */
export interface Comparison {
  readonly name: string;
  readonly unit: "per-second" | "ms" | "megabytes";
  readonly ours: Spread;
  readonly reference: Spread;
  /** Ours over the reference's, round by round. */
  readonly ratio: Spread;
  readonly target: Target | null;
  /** By the median; null without a target. */
  readonly isMet: boolean | null;
  readonly rounds: number;
}

export interface CompareOptions {
  readonly name: string;
  readonly unit: Comparison["unit"];
  readonly target: Target | null;
  readonly rounds: number;
  readonly ours: () => Promise<number>;
  readonly reference: () => Promise<number>;
  readonly signal: AbortSignal;
}

/** Measures both sides in turns, so that whatever else the machine does slows both. */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { name, unit, target, rounds, signal } = options;
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    signal.throwIfAborted();
    // The order changes each round: whoever goes second finds the caches warm and the disk busy.
    if (round % 2 === 0) ours.push(await options.ours());
    reference.push(await options.reference());
    if (round % 2 === 1) ours.push(await options.ours());
  }
  const ratio = spreadOf(ours.map((mine, at) => mine / (reference[at] ?? Number.NaN)));
  return {
    name,
    unit,
    target,
    ratio,
    rounds,
    ours: spreadOf(ours),
    reference: spreadOf(reference),
    isMet: target === null ? null : meets(ratio.median, target),
  };
}

/** A figure that is held against a bound of its own and not against a reference. */
export function meets(value: number, { kind, value: bound }: Target): boolean {
  return kind === "at-least" ? value >= bound : value <= bound;
}
