import { lawOfOneBank } from "./law.ts";

/** I11, the part that the books show: an account's entries are 1, 2, 3 … and none is missing. */
export const gaplessVersions = lawOfOneBank({
  id: "gapless-versions",
  rule: "I11",
  counts: `
    SELECT (SELECT count(*) FROM account) AS accounts, (SELECT count(*) FROM entry) AS entries`,
  questions: [
    {
      code: "version-gap",
      sql: `
        SELECT a.number AS account, e.version, e.expected
          FROM (SELECT account_id, version,
                       row_number() OVER (PARTITION BY account_id ORDER BY version) AS expected
                  FROM entry) e
          JOIN account a ON a.id = e.account_id
         WHERE e.version <> e.expected`,
    },
    {
      code: "version-not-entries",
      sql: `
        SELECT a.number AS account, a.version, coalesce(e.entries, 0) AS entries
          FROM account a
          LEFT JOIN (SELECT account_id, count(*) AS entries FROM entry GROUP BY account_id) e
            ON e.account_id = a.id
         WHERE a.version <> coalesce(e.entries, 0)`,
    },
  ],
});
