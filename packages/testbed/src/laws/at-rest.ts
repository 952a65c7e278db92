import { lawOfOneBank } from "./law.ts";

/**
 * I3 at its strictest: nothing is open. Asked for only when the consortium should be at rest,
 * after a run that has healed; a working consortium always has something open.
 */
export const atRest = lawOfOneBank({
  id: "at-rest",
  rule: "I3",
  counts: `
    SELECT (SELECT count(*) FROM global_transaction) + (SELECT count(*) FROM branch)
             AS transactions`,
  questions: [
    {
      code: "transaction-open",
      sql: `
        SELECT id AS transaction, state FROM global_transaction WHERE NOT settled
        UNION ALL
        SELECT transaction_id, state FROM branch WHERE state = 'prepared'`,
    },
    {
      code: "hold-open",
      sql: `
        SELECT h.transaction_id AS transaction, a.number AS account, h.amount AS "amountCentavos"
          FROM hold h JOIN account a ON a.id = h.account_id
         WHERE h.status = 'placed'
           -- What is blocked for a special return rests until an auditor has decided.
           AND NOT EXISTS (SELECT FROM pix_return_hold r WHERE r.id = h.transaction_id)
           AND NOT EXISTS (SELECT FROM pix_return_arrival r WHERE r.id = h.transaction_id)`,
    },
  ],
});
