import { lawOfOneBank } from "./law.ts";

/**
 * I9: no balance was below its floor or above its ceiling after any entry, and what is promised
 * now still fits. Floors and ceilings are taken as they stand; they have no history yet.
 */
export const bounds = lawOfOneBank({
  id: "bounds",
  rule: "I9",
  counts: `
    SELECT (SELECT count(*) FROM account WHERE floor IS NOT NULL OR ceiling IS NOT NULL)
             AS "boundedAccounts",
           (SELECT count(*) FROM entry e JOIN account a ON a.id = e.account_id
             WHERE a.floor IS NOT NULL OR a.ceiling IS NOT NULL) AS entries`,
  questions: [
    {
      code: "entry-below-floor",
      sql: `
        SELECT a.number AS account, e.version, e.balance_after AS "balanceCentavos",
               a.floor AS "floorCentavos"
          FROM entry e JOIN account a ON a.id = e.account_id
         WHERE e.balance_after < a.floor`,
    },
    {
      code: "entry-above-ceiling",
      sql: `
        SELECT a.number AS account, e.version, e.balance_after AS "balanceCentavos",
               a.ceiling AS "ceilingCentavos"
          FROM entry e JOIN account a ON a.id = e.account_id
         WHERE e.balance_after > a.ceiling`,
    },
    {
      code: "available-negative",
      sql: `
        SELECT number AS account, ledger - held - floor AS "availableCentavos"
          FROM account WHERE ledger - held < floor`,
    },
    {
      code: "incoming-above-ceiling",
      sql: `
        SELECT number AS account, ledger + incoming AS "balanceCentavos",
               ceiling AS "ceilingCentavos"
          FROM account WHERE ledger + incoming > ceiling`,
    },
    {
      code: "promise-negative",
      sql: `
        SELECT number AS account, held AS "heldCentavos", incoming AS "incomingCentavos"
          FROM account WHERE held < 0 OR incoming < 0`,
    },
  ],
});
