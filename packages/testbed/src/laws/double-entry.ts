import { lawOfOneBank } from "./law.ts";

/**
 * I6: every posting sums to zero, every entry continues the one before it, and an account's
 * balance is what its entries sum to.
 */
export const doubleEntry = lawOfOneBank({
  id: "double-entry",
  rule: "I6",
  counts: `
    SELECT (SELECT count(*) FROM account) AS accounts,
           (SELECT count(*) FROM posting) AS postings,
           (SELECT count(*) FROM entry) AS entries`,
  questions: [
    {
      code: "posting-unbalanced",
      sql: `
        SELECT posting_id AS posting, sum(amount) AS "differenceCentavos"
          FROM entry GROUP BY posting_id HAVING sum(amount) <> 0`,
    },
    {
      code: "posting-without-entries",
      sql: `
        SELECT p.id AS posting
          FROM posting p LEFT JOIN entry e ON e.posting_id = p.id
         WHERE e.posting_id IS NULL`,
    },
    {
      code: "entry-without-posting",
      sql: `
        SELECT coalesce(a.number, e.account_id::text) AS account, e.version, e.posting_id AS posting
          FROM entry e
          LEFT JOIN posting p ON p.id = e.posting_id
          LEFT JOIN account a ON a.id = e.account_id
         WHERE p.id IS NULL OR a.id IS NULL`,
    },
    {
      code: "entry-discontinuous",
      sql: `
        SELECT a.number AS account, e.version, e.before AS "beforeCentavos",
               e.amount AS "amountCentavos", e.balance_after AS "afterCentavos"
          FROM (SELECT account_id, version, amount, balance_after,
                       coalesce(lag(balance_after) OVER
                         (PARTITION BY account_id ORDER BY version), 0) AS before
                  FROM entry) e
          JOIN account a ON a.id = e.account_id
         WHERE e.balance_after <> e.before + e.amount`,
    },
    {
      code: "balance-not-entries",
      sql: `
        SELECT a.number AS account, a.ledger AS "ledgerCentavos",
               coalesce(e.sum, 0) AS "entriesCentavos"
          FROM account a
          LEFT JOIN (SELECT account_id, sum(amount) AS sum FROM entry GROUP BY account_id) e
            ON e.account_id = a.id
         WHERE a.ledger <> coalesce(e.sum, 0)`,
    },
  ],
});
