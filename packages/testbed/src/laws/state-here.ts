/** SQL: a state as the laws see it; an operator's own decision is a decision (R32). */
export const LAWFUL_STATE = `
  CASE state WHEN 'heuristic-commit' THEN 'committed' WHEN 'heuristic-abort' THEN 'aborted'
    ELSE state END`;

/**
 * SQL: each global transaction that this bank knows, and how it stands here. A bank is its
 * coordinator or a participant, never both: the coordinator's own branch is in its begin row. What
 * is blocked for a special return waits for an auditor as a branch waits for its decision.
 */
export const STATE_HERE = `
  SELECT id, ${LAWFUL_STATE} AS state FROM global_transaction
  UNION ALL
  SELECT transaction_id, ${LAWFUL_STATE} FROM branch
  UNION ALL
  SELECT id, hold_state FROM pix_return_hold WHERE hold_state IS NOT NULL
  UNION ALL
  SELECT id, hold_state FROM pix_return_arrival`;
