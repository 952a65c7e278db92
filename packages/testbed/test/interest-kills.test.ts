import { randomUUID } from "node:crypto";
import { addDays, addMonths, daysBetween, type LocalDate, saoPauloDate } from "@pacto/banking";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDatabaseUrls } from "../src/consortium/database-urls.ts";
import type { Consortium } from "../src/consortium/start-consortium.ts";
import { withClient } from "../src/postgres/bank-database.ts";
import { startTestConsortium } from "../src/vitest/test-consortium.ts";

/** `PACTO_KILLS=50 npx vitest run packages/testbed/test/interest-kills.test.ts` for the whole campaign. */
const KILLS = Number(process.env["PACTO_KILLS"] ?? 4);
const ACCOUNTS = 1_000;
const BANK = "arizona";
/** The month before this one, where the bank is, and an instant before it. */
const first = addMonths(`${saoPauloDate(new Date()).slice(0, 7)}-01` as LocalDate, -1);
const MONTH = first.slice(0, 7);
const BEFORE = `${addDays(first, -5)}T15:00:00.000Z`;

let consortium: Consortium;
let owner: string;

beforeAll(async () => {
  consortium = await startTestConsortium({ banks: [BANK] });
  owner = (await readDatabaseUrls(consortium.files.folder, BANK))?.migrationUrl ?? "";
  await withClient(owner, openSavings);
}, 120_000);
afterAll(() => consortium?.stop());

/** A thousand savings accounts that had 1,000.00 each since before the month, in one posting. */
async function openSavings(client: pg.Client): Promise<void> {
  const [holder, posting] = [randomUUID(), randomUUID()];
  await client.query(
    `WITH person AS (
       INSERT INTO client (id, kind, name, tax_id)
       VALUES ('${holder}', 'individual', 'Ana Souza', '52998224725')),
     opened AS (
       INSERT INTO account (kind, agency, number, normal_side, floor, ledger, version, opened_at)
       SELECT 'savings', '0001', (500000 + n) || '-0', 'credit', 0, 100000, 1, '${BEFORE}'
         FROM generate_series(1, ${ACCOUNTS}) AS n RETURNING id),
     held AS (
       INSERT INTO account_holder (account_id, client_id, position)
       SELECT id, '${holder}', 1 FROM opened),
     paid AS (
       UPDATE account SET ledger = ledger - ${ACCOUNTS} * 100000, version = version + 1
        WHERE number = 'cash' RETURNING id, version, ledger),
     posted AS (
       INSERT INTO posting (id, kind, description, actor, at)
       VALUES ('${posting}', 'opening', '', 'test', '${BEFORE}'))
     INSERT INTO entry (account_id, version, posting_id, amount, balance_after)
     SELECT id, 1, '${posting}'::uuid, 100000, 100000 FROM opened
     UNION ALL SELECT id, version, '${posting}'::uuid, -${ACCOUNTS} * 100000, ledger FROM paid`,
  );
  await client.query(
    `INSERT INTO interest_rate (kind, since, yearly_rate_ppm, day_count, set_by)
     VALUES ('savings', '${BEFORE.slice(0, 10)}', 60000, 'actual/365', 'test')`,
  );
}

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  return (await withClient(owner, (client) => client.query<Row>(sql))).rows;
}

/** Begins one more run of the same month, while the bank is up. */
async function run(): Promise<void> {
  const { url } = consortium.manifest.members.find(({ id }) => id === BANK) ?? { url: "" };
  const response = await fetch(`${url}/api/interest/runs`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await consortium.tokenOf(BANK)()}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    },
    body: JSON.stringify({ month: MONTH }),
  });
  expect(response.status, await response.text()).toBe(200);
}

async function progress(): Promise<{ posted: number; running: number }> {
  const [row] = await ask<{ posted: number; running: number }>(
    `SELECT (SELECT count(*)::int FROM posting WHERE kind = 'savings-interest') AS posted,
            (SELECT count(*)::int FROM job WHERE status = 'running') AS running`,
  );
  return row ?? { posted: 0, running: 0 };
}

/** What a process that died was doing is anybody's again at once, instead of after its claim. */
async function letTimePass(): Promise<void> {
  await ask("UPDATE job SET wake_at = now() WHERE status = 'running'");
}

describe("the interest job, killed at random while it runs over 1,000 accounts", () => {
  it(
    `posts each account's interest exactly once, after ${KILLS} deaths`,
    async () => {
      const bank = consortium.bank(BANK);
      let killed = 0;
      for (let turn = 0; killed < KILLS; turn += 1) {
        // oxlint-disable no-await-in-loop -- one life after the other
        const before = await progress();
        if (before.running === 0) await run();
        await letTimePass();
        // Killed in the middle of its work: once it has moved on from where it was, and a little later.
        await expect
          .poll(
            async () => {
              const current = await progress();
              return (
                current.posted > before.posted ||
                current.running === 0 ||
                before.posted === ACCOUNTS
              );
            },
            { timeout: 30_000, interval: 5 },
          )
          .toBe(true);
        // The fault's own moment, anywhere in the run: nothing is waited for here.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
        const { running } = await progress();
        await bank.kill();
        if (running > 0 || turn >= KILLS) killed += 1;
        await bank.start();
        // oxlint-enable no-await-in-loop
      }
      if ((await progress()).running === 0) await run();
      await expect
        .poll(async () => (await letTimePass(), (await progress()).running), { timeout: 60_000 })
        .toBe(0);
      const days = daysBetween(first, addMonths(first, 1));
      const interest = Math.round((100_000 * 0.06 * days) / 365);
      const wrong = await ask(
        `SELECT a.number FROM account a WHERE a.kind = 'savings' AND (
         a.ledger <> 100000 + ${interest} OR a.version <> 2
         OR (SELECT count(*) FROM entry e JOIN posting p ON p.id = e.posting_id
              WHERE e.account_id = a.id AND p.kind = 'savings-interest') <> 1)`,
      );
      expect(wrong).toEqual([]);
      const [sum] = await ask<{ total: string; expense: string }>(
        `SELECT (SELECT sum(ledger) FROM account) AS total,
              (SELECT ledger FROM account WHERE number = 'interest-expense') AS expense`,
      );
      expect(sum).toEqual({ total: "0", expense: String(-interest * ACCOUNTS) });
    },
    120_000 + KILLS * 30_000,
  );
});
