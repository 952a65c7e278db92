import { addDays, saoPauloDate } from "@pacto/banking";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../src/staff/actor.ts";
import {
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

/** More than two parts of a statement, and of the list of all entries. */
const ENTRIES = 4_500;
const SOON = { timeout: 30_000, interval: 50 };

let banks: BanksInProcess;
let azul: BankInProcess;
let number: string;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
  number = await openAccountWith(azul, 500);
  await payIn(ENTRIES);
});
afterAll(() => banks.stop());

const today = saoPauloDate(new Date());
const days = { from: addDays(today, -1), to: today };

/** Credits of 1, 2, 3 … centavos, a posting each, as the engine would have written them. */
async function payIn(entries: number): Promise<void> {
  await azul.sql(
    `WITH due AS (SELECT n, gen_random_uuid() AS id FROM generate_series(1, ${entries}) AS n),
     posted AS (
       INSERT INTO posting (id, kind, description, actor)
       SELECT id, 'deposit', '=1+1; "quoted"', 'test' FROM due),
     paid AS (
       INSERT INTO entry (account_id, version, posting_id, amount, balance_after)
       SELECT a.id, a.version + n, due.id, sign * n, a.ledger + sign * n * (n + 1) / 2
         FROM due, account a, LATERAL (SELECT CASE a.number WHEN 'cash' THEN -1 ELSE 1 END) s (sign)
        WHERE a.number IN ($1, 'cash'))
     UPDATE account SET version = version + ${entries},
            ledger = ledger + (${entries}::bigint * ${entries + 1} / 2)
                              * CASE number WHEN 'cash' THEN -1 ELSE 1 END
      WHERE number IN ($1, 'cash')`,
    [number],
  );
}

const auditor = () => as("auditor");

function as(...roles: readonly Role[]) {
  return azul.as({ kind: "staff", id: "eva", name: "Eva", homeBank: "azul", roles });
}

function jobOf(id: string) {
  return azul.staff.jobs.get({ id });
}

async function finished(id: string) {
  await expect.poll(async () => (await jobOf(id)).job.status, SOON).toBe("done");
  return (await jobOf(id)).job;
}

async function partsOf(id: string) {
  const { total, failed } = await finished(id);
  expect(failed).toBe(0);
  return Promise.all(
    Array.from({ length: total }, (_, at) => azul.staff.exports.part({ id, position: at + 1 })),
  );
}

function exportStatement(format: "csv" | "json" | "ofx" | "pdf") {
  const asked = { idempotencyKey: newKey(), number, ...days, format, locale: "en" as const };
  return azul.staff.exports.statement(asked);
}

describe("an export as long work", () => {
  it("writes a statement of any length part by part, with every entry once and the ledger's sum", async () => {
    const { job } = await exportStatement("csv");
    expect(job).toMatchObject({ kind: "exports.statement", total: 3, done: 0, percent: 0 });
    const parts = await partsOf(job.id);
    expect(parts.map(({ lines }) => lines)).toEqual([2_000, 2_000, 501]);
    const rows = parts
      .map(({ content }) => content)
      .join("")
      .trimEnd()
      .split("\n");
    expect(rows).toHaveLength(1 + ENTRIES + 1);
    expect(rows[0]).toMatch(/^\uFEFFDate,/);
    expect(rows.slice(1).some((row) => row.includes("Date,"))).toBe(false);
    expect(rows.at(-1)).toContain(String(500 + (ENTRIES * (ENTRIES + 1)) / 2).slice(0, -2));
    // A text that begins like a formula stays a text.
    expect(rows.at(-1)).toContain(`"'=1+1; ""quoted"""`);
  });

  it.each(["json", "ofx"] as const)("makes one whole file of its parts: %s", async (format) => {
    const parts = await partsOf((await exportStatement(format)).job.id);
    const whole = parts.map(({ content }) => content).join("");
    const { account } = await azul.staff.accounts.get({ number });
    if (format === "json") {
      const { closingCentavos, lines } = JSON.parse(whole) as {
        closingCentavos: number;
        lines: { version: number }[];
      };
      expect(closingCentavos).toBe(account.ledgerCentavos);
      expect(lines.map(({ version }) => version)).toEqual(lines.map((_, at) => at + 1));
      expect(lines).toHaveLength(ENTRIES + 1);
      return;
    }
    expect(whole.match(/<STMTTRN>/g)).toHaveLength(ENTRIES + 1);
    expect(new Set(whole.match(/<FITID>[^<]*/g)).size).toBe(ENTRIES + 1);
    expect(whole.match(/<OFX>|<\/OFX>/g)).toHaveLength(2);
    expect(whole).toContain(`<BALAMT>${(account.ledgerCentavos / 100).toFixed(2)}<`);
  });

  it("writes the lists of all accounts, for the auditor alone", async () => {
    const listing = { kind: "history" as const, filter: { number } };
    const asked = { idempotencyKey: newKey(), listing };
    expect((await refusalOf(as("teller").exports.listing(asked))).code).toBe("not-allowed");
    const { job } = await auditor().exports.listing(asked);
    const parts = await partsOf(job.id);
    const rows = parts.flatMap(({ content }) => content.trimEnd().split("\n"));
    expect(rows).toHaveLength(1 + ENTRIES + 1);
    expect(new Set(rows).size).toBe(rows.length);
    const part = { id: job.id, position: 1 };
    expect((await refusalOf(as("teller").exports.part(part))).code).toBe("not-allowed");
    expect((await auditor().exports.part(part)).fileName).toMatch(/^azul-history-.*\.csv$/);
    const holders = { kind: "holders" as const, filter: {} };
    const all = await auditor().exports.listing({ idempotencyKey: newKey(), listing: holders });
    expect((await partsOf(all.job.id))[0]?.content).toContain(number);
  });

  it("is taken up where it was when the bank's node is stopped, with what was posted meanwhile in no part", async () => {
    const { job } = await exportStatement("csv");
    const before = (await azul.staff.accounts.get({ number })).account.version;
    await azul.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos: 7 });
    // Whatever it had written by then: another life of the node goes on from there.
    await banks.backUp("azul");
    azul = await banks.startAgain("azul");
    await azul.sql("UPDATE job SET wake_at = now() WHERE status = 'running'");
    const parts = await partsOf(job.id);
    expect(parts.reduce((sum, { lines }) => sum + lines, 0)).toBe(before);
  });

  it("stops when it is cancelled, by who began it; what was not written is said to be missing", async () => {
    const { job } = await auditor().exports.listing({
      idempotencyKey: newKey(),
      listing: { kind: "history", filter: {} },
    });
    const cancel = () => auditor().jobs.cancel({ idempotencyKey: newKey(), id: job.id });
    const { job: cancelled } = await cancel();
    expect(cancelled.status).toBe("cancelled");
    if (cancelled.done < cancelled.total) {
      const missing = azul.staff.exports.part({ id: job.id, position: cancelled.total });
      expect((await refusalOf(missing)).code).toBe("export-not-ready");
    }
    const csv = `from,to,amount\n${number},azul/${await openAccountWith(azul, 0)},0.01`;
    const moving = await azul.staff.transfers.startImport({ idempotencyKey: newKey(), csv });
    const notOurs = auditor().jobs.cancel({ idempotencyKey: newKey(), id: moving.job.id });
    expect((await refusalOf(notOurs)).code).toBe("not-allowed");
    await finished(moving.job.id);
  });

  it("keeps what it wrote for some days and then forgets it", async () => {
    const { job } = await exportStatement("csv");
    await finished(job.id);
    await azul.sql("UPDATE export_part SET made_at = now() - interval '8 days' WHERE job_id = $1", [
      job.id,
    ]);
    await finished((await exportStatement("csv")).job.id);
    const gone = azul.staff.exports.part({ id: job.id, position: 1 });
    expect((await refusalOf(gone)).code).toBe("export-expired");
  });

  it("does it once for its key, and draws paper as files of their own", async () => {
    const asked = {
      idempotencyKey: newKey(),
      number: await openAccountWith(azul, 900),
      from: today,
      to: today,
      format: "pdf" as const,
    };
    const [one, other] = await Promise.all([
      azul.staff.exports.statement(asked),
      azul.staff.exports.statement(asked),
    ]);
    expect(other.job.id).toBe(one.job.id);
    const [file] = await partsOf(one.job.id);
    expect(file).toMatchObject({ isFile: true, lines: 1, encoding: "base64" });
    const bytes = Buffer.from(file?.content ?? "", "base64");
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  });
});
