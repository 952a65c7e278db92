import { createHash } from "node:crypto";
import { CENTAVOS_MAX, type StatusOutput, type SummaryOutput } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";
import type { EngineCounters } from "../ledger/engine/posting-engine.ts";

/** The node's own facts that no database knows. */
export interface StatusSource {
  readonly bank: string;
  readonly version: string;
  readonly incarnation: number;
  readonly decider: "local" | "register";
  readonly healthPool: Pool;
  readonly isReady: () => boolean;
  readonly peers: () => StatusOutput["peers"];
  readonly engine: Readonly<EngineCounters>;
  /** Alarms of the protocol since the node started, by code. */
  readonly alarms: ReadonlyMap<string, number>;
}

interface InDoubtRow {
  readonly inDoubt: number;
  readonly oldestMs: number | null;
  /** Which transactions are visible now. */
  readonly snapshot: string;
}

/** Quick by design: one indexed count on a pool of its own, so that load never hides the health. */
export async function readStatus(source: StatusSource): Promise<StatusOutput> {
  const inDoubt = await readInDoubt(source.healthPool);
  return {
    bank: source.bank,
    version: source.version,
    incarnation: source.incarnation,
    database: inDoubt === undefined ? "down" : "up",
    decider: source.decider,
    inDoubt: inDoubt?.inDoubt ?? 0,
    oldestInDoubtMs: Math.max(0, Math.round(inDoubt?.oldestMs ?? 0)),
    revision: inDoubt === undefined ? null : revisionOf(inDoubt.snapshot),
    peers: source.peers(),
    clock: new Date().toISOString(),
    ready: source.isReady() && inDoubt !== undefined,
  };
}

/**
 * Two snapshots with the same text see the same transactions, so nothing was committed between
 * them; one that runs is listed in it, and changes it when it commits. Hashed to one short length.
 */
function revisionOf(snapshot: string): string {
  return createHash("sha256").update(snapshot).digest("base64url").slice(0, 22);
}

async function readInDoubt(pool: Pool): Promise<InDoubtRow | undefined> {
  try {
    const { rows } = await pool.query<InDoubtRow>({
      name: "status-in-doubt",
      text: `SELECT count(*)::int AS "inDoubt",
                    (extract(epoch FROM now() - min(voted_at)) * 1000)::float8 AS "oldestMs",
                    pg_current_snapshot()::text AS snapshot
               FROM branch WHERE wake_at IS NOT NULL AND state = 'prepared'`,
    });
    return rows[0];
  } catch {
    return undefined;
  }
}

interface SummaryRow {
  readonly clients: number;
  readonly accounts: number;
  readonly customers: bigint;
  readonly clearing: bigint;
  readonly held: bigint;
  readonly incoming: bigint;
  readonly sum: bigint;
}

/** The bank's books in one line, read in one snapshot. */
export async function readSummary(bank: string, pool: Pool): Promise<SummaryOutput> {
  const { rows } = await pool.query<SummaryRow>(
    `SELECT (SELECT count(*) FROM client)::int AS clients,
            (count(*) FILTER (WHERE kind IN ('checking', 'savings', 'business', 'joint')))::int AS accounts,
            coalesce(sum(ledger) FILTER (WHERE kind IN ('checking', 'savings', 'business', 'joint')), 0)::bigint
              AS customers,
            coalesce(sum(ledger) FILTER (WHERE kind = 'clearing'), 0)::bigint AS clearing,
            coalesce(sum(held) FILTER (WHERE kind IN ('checking', 'savings', 'business', 'joint')), 0)::bigint AS held,
            coalesce(sum(incoming) FILTER (WHERE kind IN ('checking', 'savings', 'business', 'joint')), 0)::bigint
              AS incoming,
            coalesce(sum(ledger), 0)::bigint AS sum
       FROM account`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the summary has no row");
  return {
    bank,
    clients: row.clients,
    accounts: row.accounts,
    customersCentavos: sayable(row.customers),
    clearingCentavos: sayable(row.clearing),
    heldCentavos: sayable(row.held),
    incomingCentavos: sayable(row.incoming),
    ledgerSumCentavos: Number(row.sum),
    at: new Date().toISOString(),
  };
}

/** Each balance is within the wire's range; their sum, beyond R$ 90 trillion, shows as that much. */
function sayable(centavos: bigint): number {
  return Math.max(-CENTAVOS_MAX, Math.min(Number(centavos), CENTAVOS_MAX));
}
