import { claimsOf } from "@pacto/atomic-commit";
import type { ProtocolEvent } from "@pacto/contract";
import type { WireMessage } from "./parts.ts";

/** Transactions remembered; the oldest is forgotten first. */
const TRANSACTIONS_MAX = 1_000;
/** Events of one transaction; a peer long away is asked again and again, and the ends tell most. */
const EVENTS_MAX = 120;

export interface Seen {
  readonly kind: ProtocolEvent["kind"];
  readonly peer: string;
  readonly message: WireMessage;
  /** When the question was sent, or the message arrived, in epoch milliseconds. */
  readonly since?: number;
}

interface Noted {
  readonly at: number;
  readonly seen: Seen;
}

/**
 * What this process saw of the latest transactions, message by message, for the people who watch.
 * It lives in memory only: writing it down would cost every transfer a row per message, and what a
 * bank must know for ever is in its tables. A restart begins anew, and says so.
 */
export interface ProtocolLog {
  /** In epoch milliseconds. */
  readonly since: number;
  note(transaction: string, seen: Seen): void;
  of(transaction: string): ProtocolEvent[];
}

export interface ProtocolLogOptions {
  readonly now?: () => number;
  /** Told of which transaction something was noted. */
  readonly onNote?: (transaction: string) => void;
}

export function createProtocolLog({
  now = Date.now,
  onNote = () => undefined,
}: ProtocolLogOptions = {}): ProtocolLog {
  // In the order of arrival, which a Map keeps.
  const noted = new Map<string, Noted[]>();

  function eventsOf(transaction: string): Noted[] {
    const known = noted.get(transaction);
    if (known !== undefined) return known;
    const fresh: Noted[] = [];
    noted.set(transaction, fresh);
    if (noted.size > TRANSACTIONS_MAX) {
      const [oldest] = noted.keys();
      if (oldest !== undefined) noted.delete(oldest);
    }
    return fresh;
  }

  return {
    since: now(),
    note(transaction, seen) {
      const events = eventsOf(transaction);
      // The beginning and the latest tell the story; what repeats between them goes.
      if (events.length >= EVENTS_MAX) events.splice(EVENTS_MAX / 2, 1);
      events.push({ at: now(), seen });
      onNote(transaction);
    },
    of: (transaction) => (noted.get(transaction) ?? []).map(tell),
  };
}

function tell({ at, seen }: Noted): ProtocolEvent {
  const { kind, peer, message, since } = seen;
  return {
    at: new Date(at).toISOString(),
    kind,
    peer,
    message: message.kind,
    says: sayingOf(message),
    ballot: ballotOf(message),
    signatures: claimsOf(message).length,
    tookMs: since === undefined ? null : at - since,
  };
}

function sayingOf(message: WireMessage): string | null {
  switch (message.kind) {
    case "vote":
      return message.vote.reason?.code ?? message.vote.vote;
    case "decision":
      return message.certificate.outcome;
    case "answer":
      return message.state;
    case "accept":
      return message.outcome;
    case "accepted":
      return message.accept.outcome;
    case "refused":
      return message.code;
    default:
      return null;
  }
}

function ballotOf(message: WireMessage): number | null {
  if (message.kind === "promised") return message.promise.ballot;
  if (message.kind === "accepted") return message.accept.ballot;
  return "ballot" in message ? message.ballot : null;
}
