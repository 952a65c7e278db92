import type { Signer } from "@pacto/contract/signing";
import { Breaker, BREAKER_DEFAULTS } from "./breaker.ts";
import type { Contacts } from "./contacts.ts";
import type { Directory } from "./directory.ts";
import { createExchange, type Exchange, type Exchanged, type Target } from "./exchange.ts";
import type { Parcel } from "./lane.ts";
import { type Passage, straight } from "./passage.ts";
import type { MutualTls } from "./mutual-tls.ts";
import { wrapItems } from "./parcels.ts";
import { createPost } from "./post.ts";
import type { PeerResult } from "./result.ts";
import { type Delivery, Route } from "./route.ts";

export type { PeerResult } from "./result.ts";

export interface Peers {
  /**
   * Sends items to a procedure of another bank and tells what became of each, in order. Items
   * travel with those of other calls to the same procedure. Never rejects for what happens on the
   * way: that is a result, and means "unknown" (R18).
   * @throws Error when `bank` is no peer
   */
  call(
    bank: string,
    procedure: string,
    items: readonly unknown[],
    options: { readonly timeoutMs: number },
  ): Promise<PeerResult[]>;
  /** Ends the connections; whatever is still queued is unreachable. */
  close(): void;
}

export interface PeersOptions {
  readonly directory: Directory;
  readonly signer: Signer;
  readonly contacts: Contacts;
  /** Undefined where banks speak without TLS. */
  readonly tls?: MutualTls | undefined;
  /** `straight` unless given. */
  readonly passage?: Passage;
  /** Told of every request that got no good answer. */
  readonly onFailure?: (failure: PeerFailure) => void;
}

export interface PeerFailure extends Target {
  readonly reason: string;
}

/** The one way to other banks: signed, bounded in time and in number, never a redirect. */
export function createPeers(options: PeersOptions): Peers {
  const connections = createPost(options.tls);
  const { passage = straight } = options;
  const exchange = createExchange(options.directory, options.signer, connections.post, passage);
  const routes = new Map<string, Route>();

  function routeTo(bank: string): Route {
    const known = routes.get(bank);
    if (known !== undefined) return known;
    // Throws for a bank that is no peer, before anything is queued for it.
    options.directory.urlOf(bank);
    const now = () => performance.now();
    const breaker = new Breaker({ ...BREAKER_DEFAULTS, now, random: Math.random });
    const route = new Route(breaker, (procedure, parcels) =>
      deliver(options, exchange, { bank, procedure }, parcels),
    );
    routes.set(bank, route);
    return route;
  }

  return {
    async call(bank, procedure, items, { timeoutMs }) {
      // What is open with a bank that has left stays open: it is unreachable, and nobody's mistake.
      if (options.directory.hasLeft(bank)) {
        return items.map(() => ({ kind: "unreachable", reason: "has-left" }));
      }
      const route = routeTo(bank);
      if (items.length === 0) return [];
      return new Promise((resolve) => {
        const parcels = wrapItems(items, performance.now() + timeoutMs, (results) => {
          clearTimeout(timer);
          resolve(results);
        });
        const timer = setTimeout(() => {
          for (const parcel of parcels) parcel.settle({ kind: "timeout" });
        }, timeoutMs);
        for (const parcel of parcels) route.add(procedure, parcel);
      });
    },
    close() {
      for (const route of routes.values()) route.drain("closed");
      connections.close();
    },
  };
}

async function deliver(
  { contacts, onFailure }: PeersOptions,
  exchange: Exchange,
  target: Target,
  parcels: readonly Parcel[],
): Promise<Delivery> {
  const body = `{"items":[${parcels.map((parcel) => parcel.text).join(",")}]}`;
  const latest = Math.max(...parcels.map((parcel) => parcel.deadlineAt));
  const attempt = () => exchange(target, body, Math.max(1, latest - performance.now()));
  let exchanged = await attempt();
  // The peer had closed an idle connection that we had kept: the request never began there.
  if (exchanged.kind === "unreachable" && exchanged.isStaleSocket) exchanged = await attempt();

  const items = exchanged.kind === "items" ? exchanged.items : undefined;
  if (items?.length === parcels.length) {
    contacts.reached(target.bank);
    parcels.forEach((parcel, at) => parcel.settle({ kind: "answer", value: items[at] }));
    return "answered";
  }
  const result = resultOf(exchanged);
  onFailure?.({ ...target, reason: "reason" in result ? result.reason : result.kind });
  if (exchanged.kind === "refused") return "refused";
  if (result.kind !== "bad-answer") contacts.missed(target.bank);
  for (const parcel of parcels) parcel.settle(result);
  return exchanged.kind === "busy" ? "busy" : "failed";
}

function resultOf(exchanged: Exchanged): Exclude<PeerResult, { kind: "answer" }> {
  switch (exchanged.kind) {
    case "timeout":
      return { kind: "timeout" };
    case "unreachable":
      return { kind: "unreachable", reason: exchanged.reason };
    case "bad":
    case "busy":
      return { kind: "bad-answer", reason: exchanged.reason };
    case "refused":
      return { kind: "bad-answer", reason: "refused" };
    case "items":
      return { kind: "bad-answer", reason: "wrong-number-of-items" };
  }
}
