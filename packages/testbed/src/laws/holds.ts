import { lawOfOneBank } from "./law.ts";
import { STATE_HERE } from "./state-here.ts";

/**
 * I8: an account's held and incoming are its open holds; a hold is open exactly while its
 * transaction is undecided at this bank, and follows the decision afterwards.
 */
export const holds = lawOfOneBank({
  id: "holds",
  rule: "I8",
  counts: `
    SELECT count(*) AS holds, count(*) FILTER (WHERE status = 'placed') AS open FROM hold`,
  questions: [
    {
      code: "held-not-holds",
      sql: `
        SELECT a.number AS account, a.held AS "heldCentavos", coalesce(h.debits, 0) AS "holdsCentavos"
          FROM account a
          LEFT JOIN (SELECT account_id, sum(amount) AS debits FROM hold
                      WHERE status = 'placed' AND direction = 'debit' GROUP BY account_id) h
            ON h.account_id = a.id
         WHERE a.held <> coalesce(h.debits, 0)`,
    },
    {
      code: "incoming-not-holds",
      sql: `
        SELECT a.number AS account, a.incoming AS "incomingCentavos",
               coalesce(h.credits, 0) AS "holdsCentavos"
          FROM account a
          LEFT JOIN (SELECT account_id, sum(amount) AS credits FROM hold
                      WHERE status = 'placed' AND direction = 'credit' GROUP BY account_id) h
            ON h.account_id = a.id
         WHERE a.incoming <> coalesce(h.credits, 0)`,
    },
    {
      code: "hold-without-transaction",
      sql: `
        WITH here AS (${STATE_HERE})
        SELECT h.transaction_id AS transaction, a.number AS account, h.status
          FROM hold h JOIN account a ON a.id = h.account_id
          LEFT JOIN here ON here.id = h.transaction_id
         WHERE here.id IS NULL`,
    },
    {
      code: "hold-against-decision",
      sql: `
        WITH here AS (${STATE_HERE})
        SELECT h.transaction_id AS transaction, a.number AS account, h.status, here.state
          FROM hold h JOIN account a ON a.id = h.account_id
          JOIN here ON here.id = h.transaction_id
         WHERE h.status <> CASE here.state
                 WHEN 'committed' THEN 'captured' WHEN 'aborted' THEN 'released'
                 ELSE 'placed' END`,
    },
    {
      code: "holds-unbalanced",
      sql: `
        SELECT transaction_id AS transaction,
               sum(CASE direction WHEN 'credit' THEN amount ELSE -amount END)
                 AS "differenceCentavos"
          FROM hold GROUP BY transaction_id
        HAVING sum(CASE direction WHEN 'credit' THEN amount ELSE -amount END) <> 0`,
    },
    {
      code: "promise-without-hold",
      sql: `
        SELECT b.transaction_id AS transaction
          FROM branch b
         WHERE b.state = 'prepared'
           AND NOT EXISTS (SELECT FROM hold h WHERE h.transaction_id = b.transaction_id)`,
    },
  ],
});
