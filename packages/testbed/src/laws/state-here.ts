/**
 * SQL: each global transaction that this bank knows, and how it stands here. A bank is its
 * coordinator or a participant, never both: the coordinator's own branch is in its begin row.
 */
export const STATE_HERE = `
  SELECT id, state FROM global_transaction
  UNION ALL
  SELECT transaction_id, state FROM branch`;
