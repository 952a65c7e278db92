import type { Random } from "./random.ts";

/** What a proxy between banks does to messages; reliability 6.3, N1–N8 and N10. */
export const networkFaults = [
  "partition",
  "drop-request",
  "drop-answer",
  "delay",
  "reorder",
  "duplicate",
  "replay",
  "truncate",
  "corrupt-request",
  "corrupt-answer",
  "reset",
] as const;
export type NetworkFault = (typeof networkFaults)[number];

/** How a bank's network is at the moment. */
export interface Weather {
  /** Probability of each fault for each message. */
  readonly faults: Readonly<Partial<Record<NetworkFault, number>>>;
  readonly delayMs: readonly [number, number];
  /** Senders whose requests never arrive here. */
  readonly cutRequests: ReadonlySet<string>;
  /** Senders that never hear the answer: asymmetric partitions (N6). */
  readonly cutAnswers: ReadonlySet<string>;
}

export const CALM: Weather = {
  faults: {},
  delayMs: [0, 0],
  cutRequests: new Set(),
  cutAnswers: new Set(),
};

/** A swarm: each spell of weather has faults of its own, and some have none at all. */
export function drawWeather(
  random: Random,
  allowed: ReadonlySet<NetworkFault>,
  others: readonly string[],
): Weather {
  if (random.chance(0.4)) return CALM;
  const faults: Partial<Record<NetworkFault, number>> = {};
  for (const fault of networkFaults) {
    if (fault !== "partition" && allowed.has(fault) && random.chance(0.5)) {
      faults[fault] = random.next() * MOST[fault];
    }
  }
  const delayMs = random.pick([
    [1, 20],
    [10, 200],
    [100, 1_500],
    [500, 4_000],
  ] as const);
  const isCut = allowed.has("partition") && random.chance(0.2);
  const cut = isCut ? random.sample(others, random.between(1, others.length)) : [];
  const direction = random.pick(["requests", "answers", "both"] as const);
  return {
    faults,
    delayMs,
    cutRequests: new Set(direction === "answers" ? [] : cut),
    cutAnswers: new Set(direction === "requests" ? [] : cut),
  };
}

/** The highest probability drawn: above it nothing gets through and nothing is learned. */
const MOST: Readonly<Record<Exclude<NetworkFault, "partition">, number>> = {
  "drop-request": 0.2,
  "drop-answer": 0.2,
  delay: 0.4,
  reorder: 0.3,
  duplicate: 0.4,
  replay: 0.2,
  truncate: 0.1,
  "corrupt-request": 0.1,
  "corrupt-answer": 0.1,
  reset: 0.1,
};
