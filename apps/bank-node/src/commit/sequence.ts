import type { Pool } from "../database/pools.ts";

const BLOCK = 256;
/** So many are left when the next block is fetched, so that nobody waits for it. */
const FETCH_AT = 128;

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
    const { rows } = await pool.query<{ value: bigint }>({
      name: "sequence-block",
      text: `SELECT nextval('global_transaction_sequence_seq') + (incarnation - 1)::bigint * ${RANGE} AS value
               FROM bank_state, generate_series(1, ${BLOCK})`,
    });
    const taken = rows.map((row) => Number(row.value)).reverse();
    // The rest of the block before goes first: numbers are given in order.
    block = takenBy === taker ? [...taken, ...block] : taken;
    takenBy = taker;
  }

  function fetch(): void {
    fetching ??= fetchBlock().finally(() => {
      fetching = undefined;
    });
    // Whoever waits for it hears of a failure; a block fetched ahead is asked for again.
    fetching.catch(() => undefined);
  }

  return {
    async next() {
      for (;;) {
        if (takenBy !== incarnation()) block = [];
        const value = block.pop();
        if (block.length < FETCH_AT) fetch();
        if (value !== undefined) return value;
        await fetching;
      }
    },
  };
}
