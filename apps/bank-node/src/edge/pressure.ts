/** What a call is for, most urgent first: what ends open transactions, opens them, or only reads. */
export const urgencies = ["settle", "promise", "begin", "read"] as const;
export type Urgency = (typeof urgencies)[number];

/** How much waits in a node, in the units in which it is counted there. */
export interface Backlog {
  /** Commands that wait for the posting engine's next batch. */
  readonly commands: number;
  /** Reads that wait for a database connection. */
  readonly reads: number;
}

/** Backlogs and delay at which the pressure is 1. */
const COMMANDS_AT_ONE = 2_048;
const READS_AT_ONE = 256;
const DELAY_MS_AT_ONE = 300;

/** From which pressure on a call is turned away; what settles open transactions never is. */
const BEARS: Record<Urgency, number> = { read: 1, begin: 2, promise: 4, settle: Infinity };

const SAMPLE_MS = 50;
const SMOOTHING = 0.1;
/**
 * One stop of the process, however long, is over when it is noticed and is no overload: only a
 * lasting delay counts.
 */
const LATE_MS_MAX = 1_000;

/**
 * How far behind a node is, measured: the mean delay of its event loop over the last half second,
 * the posting engine's queue, the reads without a connection. Work is turned away by it before it
 * queues, the least urgent first, so that what was promised is still finished in an overload and
 * the node is itself again as soon as the load goes.
 */
export class Pressure {
  readonly #backlog: () => Backlog;
  #delayMs = 0;
  #dueAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(backlog: () => Backlog) {
    this.#backlog = backlog;
  }

  start(): void {
    this.#dueAt = performance.now() + SAMPLE_MS;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** 1 and more is an overload. */
  now(): number {
    const { commands, reads } = this.#backlog();
    return Math.max(
      this.#delayMs / DELAY_MS_AT_ONE,
      commands / COMMANDS_AT_ONE,
      reads / READS_AT_ONE,
    );
  }

  bears(urgency: Urgency): boolean {
    return urgency === "settle" || this.now() < BEARS[urgency];
  }

  #sample(): void {
    const now = performance.now();
    const late = Math.min(LATE_MS_MAX, Math.max(0, now - this.#dueAt));
    this.#delayMs += SMOOTHING * (late - this.#delayMs);
    this.#dueAt = now + SAMPLE_MS;
  }
}
