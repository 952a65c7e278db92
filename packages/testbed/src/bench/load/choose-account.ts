import type { Choose } from "./requests.ts";

/** Every account as often as any other, in an order that neighbours in time do not share. */
export function uniform(accounts: readonly string[]): Choose {
  return () => accounts[Math.floor(Math.random() * accounts.length)] ?? "";
}

/**
 * A few accounts get most of the calls: the k-th is chosen with a weight of 1 / k (Zipf, s = 1),
 * by inverting its cumulated weights.
 */
export function zipf(accounts: readonly string[]): Choose {
  const cumulated: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= accounts.length; rank += 1) {
    total += 1 / rank;
    cumulated.push(total);
  }
  return () => accounts[firstAtLeast(cumulated, Math.random() * total)] ?? "";
}

function firstAtLeast(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sorted[middle] ?? 0) >= wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
