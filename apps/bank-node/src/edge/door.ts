import { isIPv6 } from "node:net";
import type { Refusal } from "@pacto/contract";
import { type Actor, actorScope } from "../staff/actor.ts";
import { OpenStreams } from "./open-streams.ts";
import type { Pressure, Urgency } from "./pressure.ts";
import { TokenBuckets } from "./token-buckets.ts";

/** Calls that do much more work than others, in calls. */
export const DEAR: Readonly<Record<string, number>> = {
  "listings.exportHistory": 50,
  "listings.exportHolders": 50,
  "transfers.previewImport": 20,
  "transfers.startImport": 20,
};

/** A caller that asks for what does not exist is scanning: a miss costs as much as these calls. */
const MISS_COSTS = 20;

const BURST_SECONDS = 5;
/** Streams last for minutes: there is no use in trying at once. */
const STREAM_RETRY_S = 30;
/** Callers that nobody vouches for share one bucket per address. */
const STRANGER_CALLS_PER_SECOND = 50;
const PEER_REQUESTS_PER_SECOND = 4_000;

export interface DoorOptions {
  readonly bank: string;
  readonly pressure: Pressure;
  /** Calls a second of one person, as a mean; 0 = unbounded, for whom a proxy in front bounds. */
  readonly callsPerSecond: number;
  readonly now?: () => number;
}

/** Who asks, from where, for what. */
export interface Knock {
  readonly actor: Actor;
  readonly address: string;
  readonly urgency: Urgency;
  /** Each call of a batch. */
  readonly procedures: readonly string[];
}

/** A call that is turned away before anything was done for it. */
export interface TurnedAway {
  readonly refusal: Refusal;
  /** For the header `retry-after`. */
  readonly retryAfterS: number;
}

export interface DoorCounters {
  readonly shed: Record<Urgency, number>;
  rateLimited: number;
}

/**
 * Decides whether a call is let in: one caller may not take what all need (a bucket of calls for
 * each person, bank or address), and an overloaded node takes first what ends its overload.
 */
export class Door {
  readonly counters: DoorCounters = {
    shed: { settle: 0, promise: 0, begin: 0, read: 0 },
    rateLimited: 0,
  };
  readonly streams = new OpenStreams();
  readonly #bank: string;
  readonly #pressure: Pressure;
  readonly #now: () => number;
  readonly #people: TokenBuckets | undefined;
  readonly #strangers: TokenBuckets | undefined;
  readonly #peers = new TokenBuckets({
    perSecond: PEER_REQUESTS_PER_SECOND,
    burst: PEER_REQUESTS_PER_SECOND * BURST_SECONDS,
  });

  constructor({ bank, pressure, callsPerSecond, now = () => performance.now() }: DoorOptions) {
    this.#bank = bank;
    this.#pressure = pressure;
    this.#now = now;
    if (callsPerSecond === 0) return;
    const bucketsOf = (perSecond: number) =>
      new TokenBuckets({ perSecond, burst: perSecond * BURST_SECONDS });
    this.#people = bucketsOf(callsPerSecond);
    this.#strangers = bucketsOf(Math.min(callsPerSecond, STRANGER_CALLS_PER_SECOND));
  }

  /** Undefined when the call may come in. */
  admit(knock: Knock): TurnedAway | undefined {
    if (!this.#pressure.bears(knock.urgency)) {
      this.counters.shed[knock.urgency] += 1;
      return { refusal: { code: "overloaded", details: { bank: this.#bank } }, retryAfterS: 1 };
    }
    const [buckets, key] = this.#bucketOf(knock);
    const cost = knock.procedures.reduce((sum, name) => sum + (DEAR[name] ?? 1), 0);
    const waitMs = buckets?.take(key, cost, this.#now()) ?? 0;
    if (waitMs === 0) return undefined;
    this.counters.rateLimited += 1;
    const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
    return {
      refusal: { code: "too-many-requests", details: { bank: this.#bank, seconds } },
      retryAfterS: seconds,
    };
  }

  /** A stream that begins only to be refused: its caller may ask instead. */
  refuseStream(): TurnedAway {
    this.counters.rateLimited += 1;
    const seconds = STREAM_RETRY_S;
    const details = { bank: this.#bank, seconds };
    return { refusal: { code: "too-many-requests", details }, retryAfterS: seconds };
  }

  /** What was asked for does not exist. */
  missed(knock: Knock): void {
    const [buckets, key] = this.#bucketOf(knock);
    buckets?.charge(key, MISS_COSTS, this.#now());
  }

  #bucketOf({ actor, address, urgency }: Knock): [TokenBuckets | undefined, string] {
    if (actor.kind === "staff") return [this.#people, actorScope(actor)];
    if (actor.kind === "anonymous") return [this.#strangers, networkOf(address)];
    // What frees money is bounded by the requests in flight alone.
    return [urgency === "settle" ? undefined : this.#peers, actor.bank];
  }
}

/** One household or server has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const rest = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => "0");
  return [...groups, ...(tail === undefined ? [] : zeros), ...rest].slice(0, 4).join(":");
}
