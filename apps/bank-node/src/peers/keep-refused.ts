import { auditedNode, writeAudit } from "../audit/audited.ts";
import type { Pool } from "../database/pools.ts";
import { withTransaction } from "../database/transaction.ts";
import type { PeerRefusal } from "./verify-request.ts";

/** A request that claimed to be from a bank and was turned away: what its headers said. */
export interface RefusedRequest {
  readonly refusal: PeerRefusal;
  readonly claimedSender: string;
  readonly procedure: string;
  /** Headers of the signature; never the content, which nobody vouches for. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly address: string;
  readonly correlationId: string;
}

export interface KeepRefusedOptions {
  readonly pool: Pool;
  readonly bank: string;
  readonly isMember: (bank: string) => boolean;
  readonly onError: (error: unknown) => void;
  /** Milliseconds since 1970; the machine's clock unless told. */
  readonly now?: () => number;
}

interface Kind {
  keptAtMs: number;
  since: number;
}

const EVERY_MS = 60_000;

/**
 * Keeps what was turned away in the audit: one event a minute for each kind of refusal and bank,
 * with how many came since the one before, so that a flood of forgeries leaves evidence and not a
 * full disk. Who is no member counts as one stranger.
 */
export function createKeepRefused(options: KeepRefusedOptions): (request: RefusedRequest) => void {
  const { pool, bank, onError, now = Date.now } = options;
  const kinds = new Map<string, Kind>();
  return (request) => {
    const subject = options.isMember(request.claimedSender) ? request.claimedSender : "unknown";
    const name = `${subject} ${request.refusal}`;
    const kind = kinds.get(name) ?? { keptAtMs: -Infinity, since: 0 };
    kinds.set(name, kind);
    if (now() - kind.keptAtMs < EVERY_MS) {
      kind.since += 1;
      return;
    }
    const alsoRefused = kind.since;
    kinds.set(name, { keptAtMs: now(), since: 0 });
    const { refusal, correlationId, address, ...details } = request;
    withTransaction(pool, (tx) =>
      writeAudit(tx, {
        ...auditedNode(bank),
        address,
        correlationId,
        action: `peers.refused.${refusal}`,
        subject,
        transactionId: null,
        details: { ...details, alsoRefused },
      }),
    ).catch(onError);
  };
}
