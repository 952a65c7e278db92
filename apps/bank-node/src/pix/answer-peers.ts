import {
  PIX_CATCH_UP_PAGE,
  type PixDirectoryAnswer,
  type PixLookupAnswer,
  type RecoveredTransaction,
} from "@pacto/contract";
import type { Bank } from "../context.ts";
import type { Pool } from "../database/pools.ts";
import { readDigests } from "./catch-up.ts";
import { rationPeer } from "./lookups/ration.ts";
import { selectKey } from "./sql.ts";

interface ChangeRow {
  readonly position: number;
  readonly proof: RecoveredTransaction | null;
}

const PROOF = (record: string) => `jsonb_build_object(
  'signed', jsonb_build_object('hash', ${record} -> 'hash', 'descriptor', ${record} -> 'descriptor',
                               'descriptorProof', ${record} -> 'descriptorProof'),
  'certificate', ${record} -> 'certificate')`;

const CHANGES = `
  SELECT k.position::float8 AS position,
         coalesce(k.proof,
                  CASE WHEN g.record ->> 'certificate' IS NOT NULL THEN ${PROOF("g.record")} END,
                  CASE WHEN b.record ->> 'certificate' IS NOT NULL THEN ${PROOF("b.record")} END)
           AS proof
    FROM pix_key k
    LEFT JOIN global_transaction g ON g.id = k.transaction_id
    LEFT JOIN branch b ON b.transaction_id = k.transaction_id
   WHERE k.position > $1 ORDER BY k.position LIMIT ${PIX_CATCH_UP_PAGE}`;

interface Asked {
  readonly digests: Readonly<Record<string, string | undefined>>;
  readonly after: number;
}

/** What a peer whose digests differ has perhaps missed, with the proof of each change. */
export async function answerDirectory(pool: Pool, asked: Asked): Promise<PixDirectoryAnswer> {
  const own = await readDigests(pool);
  const isEqual = Object.entries(own).every(([type, digest]) => asked.digests[type] === digest);
  if (isEqual) return { isEqual, changes: [], isLast: true };
  const { rows } = await pool.query<ChangeRow>(CHANGES, [asked.after]);
  const changes = rows.flatMap(({ position, proof }) =>
    proof === null ? [] : [{ position, proof }],
  );
  return { isEqual, changes, isLast: rows.length < PIX_CATCH_UP_PAGE };
}

/** What this bank's directory says of a key, for a bank that does not find it in its own. */
export async function answerLookup(
  bank: Bank,
  peer: string,
  key: string,
): Promise<PixLookupAnswer> {
  const answer = await rationPeer(bank, { peer, key }, async () => {
    const row = await selectKey(bank.pools.api, key);
    const { version = 0, type = null, owner = null } = row ?? {};
    return { answer: { version, type, owner }, isFound: owner !== null };
  });
  return answer ?? { version: 0, type: null, owner: null, isRationed: true };
}
