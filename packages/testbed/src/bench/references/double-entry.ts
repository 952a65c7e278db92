import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withClient } from "../../postgres/bank-database.ts";

/** Ways in which the same double entry is commonly posted, one transaction each. */
export const doubleEntries = ["one-call", "statements", "table-lock", "sql-ledger"] as const;
export type DoubleEntry = (typeof doubleEntries)[number];

// What every posting must leave behind: two entries that sum to zero, with versions and balances
// after, and two balances. No keys of callers, no audit, no foreign keys: that favours the reference.
const setup = (accounts: number) => `
  CREATE TABLE account (
    id bigint PRIMARY KEY, ledger bigint NOT NULL, version bigint NOT NULL,
    CHECK (ledger >= -1000000000000)
  ) WITH (fillfactor = 70);
  CREATE TABLE posting (id uuid PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE entry (
    account_id bigint NOT NULL, version bigint NOT NULL, posting_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0), balance_after bigint NOT NULL,
    PRIMARY KEY (account_id, version)
  );
  INSERT INTO account SELECT n, 0, 0 FROM generate_series(1, ${accounts}) n;

  CREATE FUNCTION add_entry(account bigint, posting uuid, cents bigint) RETURNS void
    LANGUAGE sql AS $$
    WITH changed AS (
      UPDATE account SET ledger = ledger + cents, version = version + 1
       WHERE id = account RETURNING id, version, ledger)
    INSERT INTO entry SELECT id, version, posting, cents, ledger FROM changed $$;

  CREATE FUNCTION move(source bigint, target bigint, cents bigint) RETURNS void
    LANGUAGE plpgsql AS $$
  DECLARE posting uuid := gen_random_uuid();
  BEGIN
    INSERT INTO posting (id) VALUES (posting);
    -- In one order, so that two transfers never wait for each other in a circle.
    IF source < target THEN
      PERFORM add_entry(source, posting, -cents);
      PERFORM add_entry(target, posting, cents);
    ELSE
      PERFORM add_entry(target, posting, cents);
      PERFORM add_entry(source, posting, -cents);
    END IF;
  END $$;

  -- A ledger in SQL alone: transfers are inserted, triggers keep the books.
  CREATE TABLE sql_transfer (
    id bigserial PRIMARY KEY, source bigint NOT NULL REFERENCES account,
    target bigint NOT NULL REFERENCES account, cents bigint NOT NULL CHECK (cents > 0),
    at timestamptz NOT NULL DEFAULT now(), CHECK (source <> target)
  );
  CREATE FUNCTION post_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM account WHERE id IN (NEW.source, NEW.target) ORDER BY id FOR UPDATE;
    PERFORM move(NEW.source, NEW.target, NEW.cents);
    RETURN NEW;
  END $$;
  CREATE TRIGGER sql_transfer_posts AFTER INSERT ON sql_transfer
    FOR EACH ROW EXECUTE FUNCTION post_transfer();
  ANALYZE account;`;

const choose = (accounts: number) => `\\set a random(1, ${accounts - 1})
\\set b random(:a + 1, ${accounts})
`;

const statements = `INSERT INTO posting (id) VALUES (gen_random_uuid()) RETURNING id AS posting \\gset
SELECT ledger FROM account WHERE id IN (:a, :b) ORDER BY id FOR UPDATE;
UPDATE account SET ledger = ledger - 100, version = version + 1 WHERE id = :a;
UPDATE account SET ledger = ledger + 100, version = version + 1 WHERE id = :b;
INSERT INTO entry SELECT id, version, :posting::uuid, -100, ledger FROM account WHERE id = :a;
INSERT INTO entry SELECT id, version, :posting::uuid, 100, ledger FROM account WHERE id = :b;
COMMIT;
`;

const bodies: Record<DoubleEntry, string> = {
  "one-call": "SELECT move(:a, :b, 100);\n",
  statements: `BEGIN;\n${statements}`,
  "table-lock":
    "BEGIN;\nLOCK TABLE account IN ACCESS EXCLUSIVE MODE;\nSELECT move(:a, :b, 100);\nCOMMIT;\n",
  "sql-ledger": "INSERT INTO sql_transfer (source, target, cents) VALUES (:a, :b, 100);\n",
};

/** The scripts of the double entries over a database made for them. */
export interface DoubleEntryScripts {
  readonly file: (way: DoubleEntry) => string;
  close(): Promise<void>;
}

/** Makes the tables in the empty database at `url`, and a script for each way. */
export async function prepareDoubleEntries(
  url: string,
  accounts: number,
): Promise<DoubleEntryScripts> {
  await withClient(url, (client) => client.query(setup(accounts)));
  const folder = await mkdtemp(join(tmpdir(), "pacto-bench-"));
  const file = (way: DoubleEntry) => join(folder, `${way}.sql`);
  for (const way of doubleEntries) await writeFile(file(way), choose(accounts) + bodies[way]);
  return { file, close: () => rm(folder, { recursive: true, force: true }) };
}
