import type { AuditHead } from "@pacto/contract";
import { auditHeadHash, followsHead } from "@pacto/contract/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  newKey,
  openAccountWith,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

const SOON = { timeout: 60_000, interval: 100 };

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let coral: BankInProcess;
let account: string;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"], { auditEveryMs: 200 });
  [azul, verde, coral] = [banks.bank("azul"), banks.bank("verde"), banks.bank("coral")];
  account = await openAccountWith(azul, 100_000);
});
afterAll(() => banks.stop());

function deposit(amountCentavos: number, bank = azul, number = account) {
  return bank.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos });
}

/** As an owner of the database would who hides something: the triggers are off meanwhile. */
async function tamper(bank: BankInProcess, table: string, sql: string): Promise<void> {
  await bank.sql(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await bank.sql(sql);
  await bank.sql(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

interface AlarmRow {
  readonly code: string;
  readonly rows: string;
}

function alarmsAt(bank: BankInProcess, about: string): Promise<AlarmRow[]> {
  const sql = "SELECT code, rows FROM audit_alarm WHERE bank = $1 ORDER BY id";
  return bank.sql<AlarmRow>(sql, [about]);
}

async function eventId(action: string, place = 0): Promise<string> {
  const rows = await azul.sql<{ id: string }>(
    "SELECT id::text FROM audit_event WHERE action = $1 ORDER BY audit_event.id DESC LIMIT 5",
    [action],
  );
  return rows[place]?.id ?? "";
}

/** Until others have signed that they hold the head with everything that is written now. */
async function whenCosigned(bank = azul): Promise<void> {
  const waiting = async () => {
    const [row] = await bank.sql<{ open: string; signers: string }>(
      `WITH last AS (SELECT * FROM audit_block ORDER BY number DESC LIMIT 1)
       SELECT (SELECT count(*) FROM posting
                WHERE (stamp, id) > (SELECT last_posting_stamp, last_posting_id FROM last))::text AS open,
              (SELECT count(*) FROM audit_cosignature c JOIN last USING (hash))::text AS signers`,
    );
    return row?.open === "0" && row.signers === "2";
  };
  await expect.poll(waiting, SOON).toBe(true);
}

describe("a bank's history", () => {
  it("is sealed in a chain that two other banks hold and cosign", async () => {
    await Promise.all([1, 2, 3].map((amount) => deposit(amount)));
    await whenCosigned();
    const blocks = await azul.sql<{ head: AuditHead; hash: string }>(
      "SELECT head, hash FROM audit_block ORDER BY number",
    );
    let last: AuditHead | undefined;
    for (const { head, hash } of blocks) {
      expect(followsHead(head, last)).toBe(true);
      expect(auditHeadHash(head)).toBe(hash);
      last = head;
    }
    for (const other of [verde, coral]) {
      const held = await other.sql<{ hash: string }>(
        "SELECT hash FROM audit_witnessed WHERE bank = 'azul' ORDER BY number",
      );
      expect(held.map(({ hash }) => hash)).toEqual(blocks.map(({ hash }) => hash));
    }
    expect(await alarmsAt(verde, "azul")).toEqual([]);
  });

  it("is sealed once, in one chain, by two processes of the bank", async () => {
    const replica = await banks.replica("azul");
    const before = await azul.sql("SELECT FROM audit_block");
    await Promise.all(
      Array.from({ length: 30 }, (_, at) => deposit(at + 1, at % 2 === 0 ? azul : replica)),
    );
    await whenCosigned();
    const [sealed] = await azul.sql<{ rows: string; once: string; there: string; last: string }>(
      `SELECT count(*)::text AS rows, count(DISTINCT id)::text AS once,
              (SELECT count(*) FROM posting)::text AS there,
              (SELECT max(number) - count(*) FROM audit_block)::text AS last
         FROM audit_block, unnest(posting_ids) AS id`,
    );
    expect(sealed?.rows).toBe(sealed?.there);
    expect(sealed?.once).toBe(sealed?.there);
    expect(sealed?.last).toBe("0");
    expect(before.length).toBeGreaterThan(0);
    await replica.node.stop();
  });
});

describe("H9: somebody who owns the database", () => {
  it("edits an audit row, and another bank names it, and the bank itself", async () => {
    await deposit(5);
    await whenCosigned();
    const id = await eventId("cash.deposit");
    await tamper(azul, "audit_event", `UPDATE audit_event SET actor = 'azul/eva' WHERE id = ${id}`);
    const wrong = { code: "rows-changed", rows: `audit ${id} edited` };
    for (const bank of [verde, coral, azul]) {
      await expect.poll(() => alarmsAt(bank, "azul"), SOON).toContainEqual(wrong);
    }
    const told = await verde.sql(
      "SELECT FROM audit_event WHERE action = 'audit.alarm.rows-changed' AND subject = 'azul'",
    );
    expect(told.length).toBeGreaterThan(0);
    expect(verde.node.bank.status.alarms.get("audit-rows-changed")).toBeGreaterThan(0);
    await tamper(azul, "audit_event", `UPDATE audit_event SET actor = 'azul/t1' WHERE id = ${id}`);
  });

  it("removes an audit row", async () => {
    await deposit(6);
    await whenCosigned();
    const id = await eventId("cash.deposit");
    await tamper(azul, "audit_event", `DELETE FROM audit_event WHERE id = ${id}`);
    const wrong = { code: "rows-changed", rows: `audit ${id} removed` };
    await expect.poll(() => alarmsAt(coral, "azul"), SOON).toContainEqual(wrong);
  });

  it("lets two rows change places", async () => {
    await Promise.all([deposit(7), deposit(8)]);
    await whenCosigned();
    const [one, other] = [await eventId("cash.deposit"), await eventId("cash.deposit", 1)];
    await tamper(
      azul,
      "audit_event",
      `UPDATE audit_event SET id = -id WHERE id IN (${one}, ${other});
       UPDATE audit_event SET id = CASE id WHEN -${one} THEN ${other} ELSE ${one} END WHERE id < 0`,
    );
    const rowsNamed = async () => (await alarmsAt(coral, "azul")).map(({ rows }) => rows).join();
    await expect.poll(rowsNamed, SOON).toContain(`audit ${one} edited`);
    await expect.poll(rowsNamed, SOON).toContain(`audit ${other} edited`);
  });

  it("gives an account more money, with a matching entry", async () => {
    const { postingId } = await deposit(9);
    await whenCosigned();
    await tamper(
      azul,
      "entry",
      `UPDATE entry SET amount = amount * 1000 WHERE posting_id = '${postingId}'`,
    );
    const wrong = { code: "rows-changed", rows: `posting ${postingId} edited` };
    for (const bank of [verde, azul]) {
      await expect.poll(() => alarmsAt(bank, "azul"), SOON).toContainEqual(wrong);
    }
    await tamper(
      azul,
      "entry",
      `UPDATE entry SET amount = amount / 1000 WHERE posting_id = '${postingId}'`,
    );
  });

  it("seals another history with the bank's own key: two heads of one number prove it", async () => {
    const other = await openAccountWith(verde, 1_000);
    await deposit(10, verde, other);
    await whenCosigned(verde);
    await tamper(
      verde,
      "audit_block",
      "DELETE FROM audit_block WHERE number = (SELECT max(number) FROM audit_block)",
    );
    const codes = async () => (await alarmsAt(azul, "verde")).map(({ code }) => code);
    await expect.poll(codes, SOON).toContain("fork");
    const [kept] = await azul.sql<{ evidence: { held: object; now: object } }>(
      "SELECT evidence FROM audit_alarm WHERE bank = 'verde' AND code = 'fork'",
    );
    expect(kept?.evidence).toMatchObject({
      held: { head: { bank: "verde" }, proof: {} },
      now: { head: { bank: "verde" }, proof: {} },
    });
  });
});

describe("a bank that was restored from a backup", () => {
  it("begins again at an earlier head under a new incarnation, which is no alarm", async () => {
    const number = await openAccountWith(coral, 1_000);
    await whenCosigned(coral);
    const backup = await banks.backUp("coral");
    coral = await banks.startAgain("coral");
    await deposit(1, coral, number);
    await whenCosigned(coral);
    await banks.backUp("coral").then((late) => late.drop());
    coral = await banks.startAgain("coral", backup);
    const restored = () => azul.sql("SELECT FROM audit_event WHERE action = 'audit.peer-restored'");
    await expect.poll(async () => (await restored()).length, SOON).toBeGreaterThan(0);
    await whenCosigned(coral);
    expect(await alarmsAt(azul, "coral")).toEqual([]);
  });
});
