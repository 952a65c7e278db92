import { lawOfOneBank } from "./law.ts";
import { STATE_HERE } from "./state-here.ts";

/** I7: a key is used once, a transaction is posted at most once, and only what was held. */
export const exactlyOnce = lawOfOneBank({
  id: "exactly-once",
  rule: "I7",
  counts: `
    SELECT (SELECT count(*) FROM idempotency_record) AS keys,
           (SELECT count(DISTINCT transaction_id) FROM posting) AS "postedTransactions"`,
  questions: [
    {
      code: "key-used-twice",
      sql: `
        SELECT scope, key, count(*) AS times FROM idempotency_record
         GROUP BY scope, key HAVING count(*) > 1`,
    },
    {
      code: "posted-twice",
      sql: `
        SELECT transaction_id AS transaction, count(*) AS times FROM posting
         WHERE transaction_id IS NOT NULL
         GROUP BY transaction_id HAVING count(*) > 1`,
    },
    {
      code: "posted-without-commit",
      sql: `
        WITH here AS (${STATE_HERE})
        SELECT p.transaction_id AS transaction, p.id AS posting,
               coalesce(here.state, 'unknown') AS state
          FROM posting p LEFT JOIN here ON here.id = p.transaction_id
         WHERE p.transaction_id IS NOT NULL AND here.state IS DISTINCT FROM 'committed'`,
    },
    {
      code: "known-twice",
      sql: `
        WITH here AS (${STATE_HERE})
        SELECT id AS transaction, count(*) AS times FROM here GROUP BY id HAVING count(*) > 1`,
    },
    {
      // R46: what is applied is what was held, account by account.
      code: "applied-not-held",
      sql: `
        SELECT coalesce(h.transaction_id, e.transaction_id) AS transaction, a.number AS account,
               coalesce(h.amount, 0) AS "heldCentavos", coalesce(e.amount, 0) AS "appliedCentavos"
          FROM (SELECT transaction_id, account_id,
                       CASE direction WHEN 'credit' THEN amount ELSE -amount END AS amount
                  FROM hold WHERE status = 'captured') h
          FULL JOIN (SELECT p.transaction_id, e.account_id, sum(e.amount) AS amount
                       FROM entry e JOIN posting p ON p.id = e.posting_id
                      WHERE EXISTS (SELECT FROM hold
                                     WHERE hold.transaction_id = p.transaction_id)
                      GROUP BY p.transaction_id, e.account_id) e
            ON e.transaction_id = h.transaction_id AND e.account_id = h.account_id
          JOIN account a ON a.id = coalesce(h.account_id, e.account_id)
         WHERE h.amount IS DISTINCT FROM e.amount`,
    },
    {
      code: "posting-without-key",
      sql: `
        SELECT p.id AS posting, p.kind
          FROM posting p
         WHERE p.kind IN ('deposit', 'withdrawal')
           AND p.id::text NOT IN (SELECT result #>> '{value,postingId}' FROM idempotency_record
                                   WHERE result #>> '{value,postingId}' IS NOT NULL)`,
    },
    {
      code: "result-missing",
      sql: `
        SELECT r.scope, r.key, r.result #>> '{value,postingId}' AS result
          FROM idempotency_record r
         WHERE r.result #>> '{value,postingId}' IS NOT NULL
           AND NOT EXISTS (SELECT FROM posting p
                            WHERE p.id::text = r.result #>> '{value,postingId}')`,
    },
    {
      code: "result-shared",
      // A posting comes of one request; a number or an id only of the one that made its object.
      sql: `
        SELECT operation || ' ' || result AS result, count(*) AS times
          FROM (SELECT operation,
                       coalesce(result #>> '{value,postingId}',
                                CASE WHEN operation ~ '[.](create|open|ask|request|import|send)$'
                                     THEN coalesce(result #>> '{value,id}',
                                                   result #>> '{value,number}') END) AS result
                  FROM idempotency_record WHERE result -> 'ok' = 'true') done
         WHERE result IS NOT NULL
         GROUP BY operation, result HAVING count(*) > 1`,
    },
    {
      code: "opened-twice",
      sql: `
        SELECT a.number AS account, count(*) AS times
          FROM entry e JOIN posting p ON p.id = e.posting_id JOIN account a ON a.id = e.account_id
         WHERE p.kind = 'opening' AND a.kind <> 'cash'
         GROUP BY a.number HAVING count(*) > 1`,
    },
  ],
});
