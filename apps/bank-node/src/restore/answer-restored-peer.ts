import { RECOVER_PAGE, type RecoverAnswer } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";
import { rememberIncarnation } from "./remember-incarnation.ts";

type Recovered = RecoverAnswer["transactions"][number];

/** Rows looked at for one page: bounds what a page costs however long the history is. */
const SCANNED = 1_000;
/** Records looked at for the highest sequences of others. */
const NEWEST = 20_000;

interface ScannedRow {
  readonly id: string;
  /** Null where the transaction does not name the asker or its outcome is not known here. */
  readonly known: {
    readonly hash: Recovered["signed"]["hash"];
    readonly descriptor: Recovered["signed"]["descriptor"];
    readonly descriptorProof: Recovered["signed"]["descriptorProof"];
    readonly certificate: Recovered["certificate"];
  } | null;
}

interface RestoredPeer {
  readonly bank: string;
  /** The incarnation that the peer has now. */
  readonly incarnation: number;
  /** The page tells of ids above this one. */
  readonly after: string | null;
  readonly asOf: string | null;
}

interface StateRow {
  readonly asOf: Date;
  readonly open: number;
}

const NAMES = (record: string) => `(${record} ->> 'coordinator' = $1
    OR ${record} -> 'descriptor' -> 'branches' @> jsonb_build_array(jsonb_build_object('bank', $1::text)))`;

// Whoever waits has a wake-up: the index on it keeps this as cheap as the open ones are few.
const STATE = `
  WITH bound AS (SELECT coalesce($2::timestamptz, clock_timestamp()) AS as_of)
  SELECT as_of AS "asOf",
         ((SELECT count(*) FROM global_transaction
            WHERE wake_at IS NOT NULL AND state IN ('preparing', 'proposed')
              AND created_at <= as_of AND ${NAMES("record")})
        + (SELECT count(*) FROM branch
            WHERE wake_at IS NOT NULL AND state = 'prepared' AND voted_at <= as_of
              AND record -> 'descriptor' -> 'decider' ->> 'kind' = 'register'
              AND ${NAMES("record")}))::int AS open
    FROM bound`;

// Numbers rise with time, so the newest records have the highest.
const HEARD = `
  SELECT coordinator AS bank, max(sequence)::float8 AS sequence
    FROM ((SELECT record ->> 'coordinator' AS coordinator, sequence
             FROM global_transaction ORDER BY sequence DESC LIMIT 1)
          UNION ALL
          (SELECT coordinator, (record -> 'sequence')::bigint
             FROM branch ORDER BY transaction_id DESC LIMIT ${NEWEST})
          UNION ALL
          (SELECT record ->> 'coordinator', (record -> 'sequence')::bigint
             FROM register_entry ORDER BY transaction_id DESC LIMIT ${NEWEST})) AS seen
   GROUP BY coordinator`;

const SCAN = `
  WITH scanned AS (
    (SELECT id, record FROM global_transaction
      WHERE $2::uuid IS NULL OR id > $2 ORDER BY id LIMIT ${SCANNED})
    UNION ALL
    (SELECT transaction_id, record FROM branch
      WHERE $2::uuid IS NULL OR transaction_id > $2 ORDER BY transaction_id LIMIT ${SCANNED}))
  SELECT id, CASE WHEN ${NAMES("record")} AND record ->> 'certificate' IS NOT NULL
                   AND record ->> 'descriptorProof' IS NOT NULL
             THEN jsonb_build_object('hash', record -> 'hash', 'descriptor', record -> 'descriptor',
                    'descriptorProof', record -> 'descriptorProof',
                    'certificate', record -> 'certificate') END AS known
    FROM scanned ORDER BY id LIMIT ${SCANNED}`;

/**
 * One page of what this bank knows of transactions that a restored peer took part in, and how far
 * each coordinator's sequence has come. From now on older incarnations of the peer are fenced off
 * (R49). The history is read in order of its primary key, a bounded part at a time.
 */
export async function answerRestoredPeer(pool: Pool, peer: RestoredPeer): Promise<RecoverAnswer> {
  const incarnation = await rememberIncarnation(pool, peer.bank, peer.incarnation);
  // Before the page: what this bank begins or votes on from here on is not forgotten.
  const { rows: states } = await pool.query<StateRow>(STATE, [peer.bank, peer.asOf]);
  const state = states[0];
  if (state === undefined) throw new Error("the bank has no state");
  const isFirst = peer.asOf === null;
  const heard = isFirst ? (await pool.query<RecoverAnswer["heard"][number]>(HEARD)).rows : [];
  const { rows } = await pool.query<ScannedRow>(SCAN, [peer.bank, peer.after]);
  const { transactions, next } = pageOf(rows);
  return {
    transactions,
    heard,
    incarnation,
    next,
    asOf: state.asOf.toISOString(),
    undecided: state.open,
  };
}

function pageOf(rows: readonly ScannedRow[]): Pick<RecoverAnswer, "transactions" | "next"> {
  const transactions: Recovered[] = [];
  for (const { id, known } of rows) {
    if (known === null) continue;
    const { certificate, ...signed } = known;
    transactions.push({ signed, certificate });
    if (transactions.length === RECOVER_PAGE) return { transactions, next: id };
  }
  const isLast = rows.length < SCANNED;
  return { transactions, next: isLast ? null : (rows.at(-1)?.id ?? null) };
}
