import { RECOVER_PAGE, type RecoverAnswer } from "@pacto/contract";
import type { Pool } from "../database/pools.ts";
import { rememberIncarnation } from "./remember-incarnation.ts";

type Recovered = RecoverAnswer["transactions"][number];

interface KnownRow {
  readonly id: string;
  readonly hash: Recovered["signed"]["hash"];
  readonly descriptor: Recovered["signed"]["descriptor"];
  readonly descriptorProof: Recovered["signed"]["descriptorProof"];
  readonly certificate: Recovered["certificate"];
}

interface RestoredPeer {
  readonly bank: string;
  /** The incarnation that the peer has now. */
  readonly incarnation: number;
  /** The last transaction of the page before. */
  readonly after: string | null;
}

interface StateRow {
  readonly sequence: number;
  readonly open: number;
}

// The sequence is read before the page: whatever this bank begins afterwards is not forgotten.
const STATE = `
  SELECT (SELECT coalesce(max(sequence), 0) FROM global_transaction)::float8 AS sequence,
         (SELECT count(*) FROM global_transaction
           WHERE state IN ('preparing', 'proposed') AND record -> 'descriptor' -> 'branches'
                 @> jsonb_build_array(jsonb_build_object('bank', $1::text)))::int AS open`;

const KNOWN = `
  SELECT id, record ->> 'hash' AS hash, record -> 'descriptor' AS descriptor,
         record -> 'descriptorProof' AS "descriptorProof", record -> 'certificate' AS certificate
    FROM (SELECT id, record FROM global_transaction
           WHERE record -> 'descriptor' -> 'branches'
                 @> jsonb_build_array(jsonb_build_object('bank', $1::text))
          UNION ALL
          SELECT transaction_id, record FROM branch
           WHERE coordinator = $1 OR record -> 'descriptor' -> 'branches'
                 @> jsonb_build_array(jsonb_build_object('bank', $1::text))) AS known
   WHERE record ->> 'certificate' IS NOT NULL AND record ->> 'descriptorProof' IS NOT NULL
     AND ($2::uuid IS NULL OR id > $2)
   ORDER BY id LIMIT ${RECOVER_PAGE + 1}`;

/**
 * One page of what this bank knows of transactions that a restored peer took part in, and how far
 * its own sequence has come. From now on older incarnations of the peer are fenced off (R49).
 */
export async function answerRestoredPeer(pool: Pool, peer: RestoredPeer): Promise<RecoverAnswer> {
  const incarnation = await rememberIncarnation(pool, peer.bank, peer.incarnation);
  const { rows: states } = await pool.query<StateRow>(STATE, [peer.bank]);
  const { rows } = await pool.query<KnownRow>(KNOWN, [peer.bank, peer.after]);
  const state = states[0];
  if (state === undefined) throw new Error("the sequence has no state");
  const page = rows.slice(0, RECOVER_PAGE);
  return {
    transactions: page.map(({ hash, descriptor, descriptorProof, certificate }) => ({
      signed: { hash, descriptor, descriptorProof },
      certificate,
    })),
    sequence: state.sequence,
    incarnation,
    undecided: state.open,
    isLast: rows.length <= RECOVER_PAGE,
  };
}
