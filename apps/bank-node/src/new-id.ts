import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const ID_BYTES = 16;
/** Random bytes are fetched for many ids at once: a call for each costs more than the id itself. */
const pool = Buffer.alloc(ID_BYTES * 256);
let used = pool.length;

/**
 * A UUID of version 7, ordered by time (RFC 9562), so that rows of one time lie together.
 * `at`: epoch milliseconds; now unless given.
 */
export function newId(at?: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + ID_BYTES);
  used += ID_BYTES;
  return v7(at === undefined ? { random } : { random, msecs: at });
}
