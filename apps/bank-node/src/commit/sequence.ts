import type { Pool } from "../database/pools.ts";

const BLOCK = 16;

/**
 * Sequence numbers of transactions that this bank coordinates (R31): never given twice, taken in
 * blocks so that a transfer does not cost a round trip. A block that a restart leaves is a gap.
 */
export function createSequence(pool: Pool): { next(): Promise<number> } {
  let block: number[] = [];
  let fetching: Promise<void> | undefined;

  async function fetchBlock(): Promise<void> {
    const { rows } = await pool.query<{ value: bigint }>(
      `SELECT nextval('global_transaction_sequence_seq') AS value
         FROM generate_series(1, ${BLOCK})`,
    );
    block = rows.map((row) => Number(row.value)).reverse();
  }

  return {
    async next() {
      for (;;) {
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
