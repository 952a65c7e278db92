import type { Pool } from "../database/pools.ts";

const BLOCK = 16;

/**
 * A restored database counts again from where its backup stood, and the transactions that its
 * peers give back have taken those numbers: each incarnation has a range of its own (R31, R48).
 * Incarnations are seconds apart, and no bank begins 8 million transactions in a second. Those of
 * nine digits, the longest that are signed, stay exact as JSON integers.
 */
const RANGE = 2 ** 23;

/**
 * Sequence numbers of transactions that this bank coordinates (R31): never given twice, taken in
 * blocks so that a transfer does not cost a round trip. A block that a restart leaves is a gap,
 * and so is one that was taken before the incarnation rose.
 */
export function createSequence(pool: Pool, incarnation: () => number): { next(): Promise<number> } {
  let block: number[] = [];
  let takenBy = incarnation();
  let fetching: Promise<void> | undefined;

  async function fetchBlock(): Promise<void> {
    const taker = incarnation();
    const { rows } = await pool.query<{ value: bigint }>(
      `SELECT nextval('global_transaction_sequence_seq') + (incarnation - 1)::bigint * ${RANGE} AS value
         FROM bank_state, generate_series(1, ${BLOCK})`,
    );
    block = rows.map((row) => Number(row.value)).reverse();
    takenBy = taker;
  }

  return {
    async next() {
      for (;;) {
        if (takenBy !== incarnation()) block = [];
        const value = block.pop();
        if (value !== undefined) return value;
        fetching ??= fetchBlock().finally(() => {
          fetching = undefined;
        });
        await fetching;
      }
    },
  };
}
