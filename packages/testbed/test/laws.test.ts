import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkLaws, type LawReport, violationSentence } from "../src/laws/index.ts";
import { TRANSACTION, type TwoBanks, twoBanks } from "./two-banks.ts";

let consortium: TwoBanks;
beforeEach(async () => {
  consortium = await twoBanks();
});
afterEach(() => consortium.drop());

async function codes(options?: { atRest: boolean }): Promise<string[]> {
  const reports = await checkLaws(consortium.databases, options);
  return reports.flatMap(({ violations }) => violations.map(({ code }) => code));
}

function law(reports: readonly LawReport[], id: string): LawReport {
  const found = reports.find((report) => report.id === id);
  if (found === undefined) throw new Error(`no law ${id}`);
  return found;
}

describe("the laws", () => {
  it("hold over books that keep them, and say what they looked at", async () => {
    const reports = await checkLaws(consortium.databases, { atRest: true });
    expect(reports.filter(({ holds }) => !holds)).toEqual([]);
    expect(law(reports, "double-entry").counted).toEqual({
      accounts: 6n,
      postings: 4n,
      entries: 8n,
    });
    expect(law(reports, "agreement").counted).toEqual({ transactions: 1n, committed: 1n });
    expect(law(reports, "conservation").amounts).toEqual({
      customersCentavos: 20_000n,
      clearingCentavos: 0n,
      inTransitCentavos: 0n,
    });
  });

  it("need a database that answers", async () => {
    const databases = [{ bank: "azul", url: "postgresql://127.0.0.1:1/none" }];
    await expect(checkLaws(databases)).rejects.toThrow("database of bank azul");
  });

  it("keep a consortium at work: one bank has applied what the other has still to apply", async () => {
    await consortium.tamper(
      "azul",
      `DELETE FROM entry WHERE posting_id IN
         (SELECT id FROM posting WHERE transaction_id IS NOT NULL);
       DELETE FROM posting WHERE transaction_id IS NOT NULL;
       UPDATE branch SET state = 'prepared', decided_at = NULL;
       UPDATE global_transaction SET settled = false;
       UPDATE hold SET status = 'placed', resolved_at = NULL;
       UPDATE account SET ledger = 10000, version = 1, held = 2000 WHERE id = 3;
       UPDATE account SET ledger = 0, version = 0, incoming = 2000 WHERE id = 2;`,
    );
    await consortium.tamper("verde", "UPDATE global_transaction SET settled = false");
    const reports = await checkLaws(consortium.databases);
    expect(reports.filter(({ holds }) => !holds)).toEqual([]);
    expect(law(reports, "conservation").amounts).toMatchObject({
      clearingCentavos: -2_000n,
      inTransitCentavos: 2_000n,
    });
    const rest = await codes({ atRest: true });
    expect(rest).toEqual(["transaction-open", "hold-open", "hold-open", "transaction-open"]);
  });

  it("explain a violation with its ids, in both languages", async () => {
    await consortium.tamper("azul", "UPDATE account SET ledger = ledger + 1 WHERE id = 3");
    const reports = await checkLaws(consortium.databases);
    const [violation] = law(reports, "double-entry").violations;
    expect(violation && violationSentence(violation, "en")).toBe(
      "azul: Account 00001-9 has a balance of R$\u00a080.01, but its entries sum to R$\u00a080.00.",
    );
    expect(violation && violationSentence(violation, "pt-BR")).toContain("suas partidas somam");
  });
});

describe("a broken law is found", () => {
  const cases: readonly (readonly [string, "azul" | "verde", string, readonly string[]])[] = [
    [
      "a posting that does not sum to zero",
      "azul",
      `INSERT INTO posting (id, kind, description, actor)
       VALUES ('0193a0b0-0000-7000-8000-00000000ffff', 'opening', '', 'x');
       INSERT INTO entry VALUES (3, 3, '0193a0b0-0000-7000-8000-00000000ffff', 5, 8005);
       UPDATE account SET ledger = 8005, version = 3 WHERE id = 3`,
      ["posting-unbalanced", "bank-not-zero"],
    ],
    [
      "an entry that was removed from the middle",
      "azul",
      "DELETE FROM entry WHERE account_id = 3 AND version = 1",
      ["posting-unbalanced", "entry-discontinuous", "version-gap", "balance-not-entries"],
    ],
    [
      "an entry whose amount was changed",
      "verde",
      "UPDATE entry SET amount = 2001 WHERE account_id = 3 AND version = 2",
      ["posting-unbalanced", "entry-discontinuous", "balance-not-entries", "applied-not-held"],
    ],
    [
      "a posting without entries",
      "azul",
      `INSERT INTO posting (id, kind, description, actor)
       VALUES ('0193a0b0-0000-7000-8000-00000000ffff', 'opening', '', 'x')`,
      ["posting-without-entries"],
    ],
    [
      "a balance below its floor at an earlier version",
      "azul",
      "UPDATE account SET floor = 9000 WHERE id = 3; ",
      ["entry-below-floor", "available-negative"],
    ],
    [
      "a hold that no account remembers",
      "azul",
      `INSERT INTO hold (transaction_id, account_id, direction, amount)
       VALUES ('0193a0b0-0000-7000-8000-00000000aaaa', 3, 'debit', 10),
              ('0193a0b0-0000-7000-8000-00000000aaaa', 2, 'credit', 10)`,
      ["held-not-holds", "incoming-not-holds", "hold-without-transaction"],
    ],
    [
      "lesson 31: a hold re-created after the abort was acknowledged",
      "verde",
      `UPDATE hold SET status = 'placed', resolved_at = NULL WHERE account_id = 2;
       UPDATE account SET held = 2000 WHERE id = 2`,
      ["hold-against-decision", "applied-not-held", "share-not-as-agreed"],
    ],
    [
      "lesson 25: a transaction applied twice at one bank",
      "verde",
      `INSERT INTO posting (id, kind, description, actor, transaction_id)
       VALUES ('0193a0b0-0000-7000-8000-00000000ffff', 'transfer', '', 'x', '${TRANSACTION}');
       INSERT INTO entry VALUES
         (3, 3, '0193a0b0-0000-7000-8000-00000000ffff', 2000, 14000),
         (2, 2, '0193a0b0-0000-7000-8000-00000000ffff', -2000, -4000);
       UPDATE account SET ledger = 14000, version = 3 WHERE id = 3;
       UPDATE account SET ledger = -4000, version = 2 WHERE id = 2`,
      ["posted-twice", "applied-not-held", "share-not-as-agreed", "clearing-not-zero"],
    ],
    [
      "money posted for a transaction that is not committed",
      "azul",
      "UPDATE branch SET state = 'prepared', decided_at = NULL",
      ["hold-against-decision", "posted-without-commit"],
    ],
    [
      "lesson 7: commit at one bank, abort at another",
      "azul",
      "UPDATE branch SET state = 'aborted'",
      ["outcomes-differ", "posted-without-commit", "aborted-elsewhere-committed"],
    ],
    [
      "a bank that lost its branch",
      "azul",
      "DELETE FROM branch",
      ["branch-missing", "hold-without-transaction", "posted-without-commit"],
    ],
    [
      "a coordinator that lost its begin row",
      "verde",
      "DELETE FROM global_transaction",
      ["begin-row-missing"],
    ],
    [
      "two banks that voted on different descriptors",
      "azul",
      `UPDATE branch SET record = jsonb_set(record, '{hash}', '"other"')`,
      ["descriptors-differ"],
    ],
    [
      "lesson 2: a debit that never happened",
      "azul",
      `DELETE FROM entry WHERE posting_id IN
         (SELECT id FROM posting WHERE transaction_id IS NOT NULL);
       DELETE FROM posting WHERE transaction_id IS NOT NULL;
       DELETE FROM hold;
       UPDATE account SET ledger = 10000, version = 1 WHERE id = 3;
       UPDATE account SET ledger = 0, version = 0 WHERE id = 2`,
      ["share-not-as-agreed", "clearing-not-zero"],
    ],
    [
      "a key whose result is not in the books",
      "azul",
      `UPDATE idempotency_record
          SET result = '{"ok": true, "value": {"postingId": "0193a0b0-0000-7000-8000-00000000dead"}}'`,
      ["posting-without-key", "result-missing"],
    ],
    [
      "two keys with the same result",
      "azul",
      `INSERT INTO idempotency_record (scope, key, operation, request, result)
       SELECT scope, key || '-2', operation, request, result FROM idempotency_record`,
      ["result-shared"],
    ],
    [
      "entries that overlap because a replica wrote a stale balance",
      "azul",
      "UPDATE entry SET balance_after = 10000 WHERE account_id = 3 AND version = 2",
      ["entry-discontinuous"],
    ],
  ];
  it.each(cases)("%s", async (_, bank, sql, expected) => {
    await consortium.tamper(
      bank,
      `ALTER TABLE account DROP CONSTRAINT account_above_floor;
       ALTER TABLE account DROP CONSTRAINT account_below_ceiling; ${sql}`,
    );
    expect(await codes()).toEqual(expect.arrayContaining([...expected]));
  });
});
