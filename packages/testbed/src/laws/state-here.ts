/** SQL: a state as the laws see it; an operator's own decision is a decision (R32). */
export const LAWFUL_STATE = `
  CASE state WHEN 'heuristic-commit' THEN 'committed' WHEN 'heuristic-abort' THEN 'aborted'
    ELSE state END`;

/**
 * SQL: each global transaction that this bank knows, and how it stands here. A bank is its
 * coordinator or a participant, never both: the coordinator's own branch is in its begin row.
 */
export const STATE_HERE = `
  SELECT id, ${LAWFUL_STATE} AS state FROM global_transaction
  UNION ALL
  SELECT transaction_id, ${LAWFUL_STATE} FROM branch`;
