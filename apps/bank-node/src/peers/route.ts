import type { Breaker } from "./breaker.ts";
import { BYTES_MAX, Lane, type Parcel } from "./lane.ts";
import type { PeerResult } from "./result.ts";

/** Sends one request with these items and settles each of them. Never throws. */
export type Deliver = (procedure: string, parcels: readonly Parcel[]) => Promise<Delivery>;

/**
 * `refused`: the peer turned the whole request away as malformed or too large; `busy`: it lives and
 * wants less of this, which is no reason to keep from it what is more urgent.
 */
export type Delivery = "answered" | "refused" | "busy" | "failed";

/** What matters most goes first when a peer is slow: decisions free other banks' money. */
const PRIORITY = ["commit.decide", "commit.accept", "commit.promise", "commit.prepare"];

const REQUESTS_PER_LANE = 2;
const REQUESTS_PER_PEER = 8;
const QUEUED_MAX = 20_000;

/** All that goes to one peer: a lane per procedure, a bound on requests in flight, a breaker. */
export class Route {
  readonly #lanes = new Map<string, Lane>();
  readonly #breaker: Breaker;
  readonly #deliver: Deliver;
  #inFlight = 0;
  #isScheduled = false;

  constructor(breaker: Breaker, deliver: Deliver) {
    this.#breaker = breaker;
    this.#deliver = deliver;
  }

  add(procedure: string, parcel: Parcel): void {
    if (parcel.bytes > BYTES_MAX) return parcel.settle(unreachable("too-large"));
    if (this.#breaker.isOpen) return parcel.settle(unreachable("circuit-open"));
    const lane = this.#laneOf(procedure);
    if (lane.length >= QUEUED_MAX) return parcel.settle(unreachable("queue-full"));
    lane.add(parcel);
    this.#schedule();
  }

  /** Settles everything that is still queued. */
  drain(reason: string): void {
    for (const lane of this.#lanes.values()) {
      for (const parcel of lane.takeAll()) parcel.settle(unreachable(reason));
    }
  }

  /** After the current tick, so that what one batch of the ledger sends travels together. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    for (const lane of this.#lanes.values()) {
      while (lane.length > 0 && lane.inFlight < REQUESTS_PER_LANE) {
        if (this.#inFlight >= REQUESTS_PER_PEER) return;
        const parcels = lane.take();
        if (parcels.length === 0) break;
        if (!this.#breaker.tryPass()) {
          for (const parcel of parcels) parcel.settle(unreachable("circuit-open"));
          this.drain("circuit-open");
          return;
        }
        void this.#send(lane, parcels);
      }
    }
  }

  async #send(lane: Lane, parcels: readonly Parcel[]): Promise<void> {
    lane.inFlight += 1;
    this.#inFlight += 1;
    const delivery = await this.#deliver(lane.procedure, parcels);
    lane.inFlight -= 1;
    this.#inFlight -= 1;
    if (delivery === "failed") this.#breaker.failed();
    else this.#breaker.succeeded();
    if (delivery === "refused") this.#sendApart(lane, parcels);
    this.#pump();
  }

  /** One malformed item must not take its neighbours with it, now and at each retry. */
  #sendApart(lane: Lane, parcels: readonly Parcel[]): void {
    const isApart = parcels.length === 1;
    for (const parcel of parcels) {
      if (isApart) parcel.settle({ kind: "bad-answer", reason: "refused-as-malformed" });
      else if (!parcel.isSettled()) lane.add({ ...parcel, isAlone: true });
    }
  }

  #laneOf(procedure: string): Lane {
    const known = this.#lanes.get(procedure);
    if (known !== undefined) return known;
    const lane = new Lane(procedure);
    const lanes = [...this.#lanes.values(), lane].toSorted((a, b) => rankOf(a) - rankOf(b));
    this.#lanes.clear();
    for (const each of lanes) this.#lanes.set(each.procedure, each);
    return lane;
  }
}

function rankOf(lane: Lane): number {
  const rank = PRIORITY.indexOf(lane.procedure);
  return rank === -1 ? PRIORITY.length : rank;
}

function unreachable(reason: string): PeerResult {
  return { kind: "unreachable", reason };
}
