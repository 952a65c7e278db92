import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { simpleInterest } from "@pacto/banking";
import { CENTAVOS_MAX } from "@pacto/contract";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  balanceOf,
  cpf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

const run = promisify(execFile);
const repository = fileURLToPath(new URL("../../..", import.meta.url));

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let coral: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"]);
  [azul, verde, coral] = [banks.bank("azul"), banks.bank("verde"), banks.bank("coral")];
});
afterEach(async () => {
  banks.heal();
  await expectBalancedBooks([azul, verde, coral]);
});
afterAll(() => banks.stop());

type Request = Parameters<BankInProcess["staff"]["transfers"]["create"]>[0];

const side = (bank: BankInProcess, account: string, amountCentavos: number) => ({
  bank: bank.id,
  account,
  amountCentavos,
});

async function transfer(request: Pick<Request, "from" | "to"> & Partial<Request>) {
  const answer = await azul.staff.transfers.create({ idempotencyKey: newKey(), ...request });
  return answer.transfer;
}

describe("composite transfers", () => {
  it("lesson 1: debit the same bank, and the same account of it, as often as they are named", async () => {
    const [first, second] = [
      await openAccountWith(verde, 1_000),
      await openAccountWith(verde, 1_000),
    ];
    const to = await openAccountWith(coral, 0);
    const { state } = await transfer({
      from: [side(verde, first, 300), side(verde, second, 200), side(verde, first, 100)],
      to: [side(coral, to, 600)],
    });
    expect(state).toBe("committed");
    await expectBalancedBooks([azul, verde, coral]);
    expect(await Promise.all([balanceOf(verde, first), balanceOf(verde, second)])).toEqual([
      600, 800,
    ]);
    expect(await balanceOf(coral, to)).toBe(600);
  });

  it("lesson 2: tell accounts with one number at two banks apart", async () => {
    const pair = await startBanks(["azul", "verde"]);
    onTestFinished(() => pair.stop());
    const [here, there] = [pair.bank("azul"), pair.bank("verde")];
    // Every bank counts its accounts from the same first number.
    const number = await openAccountWith(here, 50);
    expect(await openAccountWith(there, 50)).toBe(number);
    const { transfer: paid } = await here.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [side(here, number, 10)],
      to: [side(there, number, 10)],
    });
    expect(paid.state).toBe("committed");
    await expectBalancedBooks([here, there]);
    expect([await balanceOf(here, number), await balanceOf(there, number)]).toEqual([40, 60]);
  });

  it("lesson 3: move a client's money between two own accounts at the destination", async () => {
    const [from, own, third] = [
      await openAccountWith(verde, 500),
      await openAccountWith(coral, 500),
      await openAccountWith(coral, 0),
    ];
    const { state } = await transfer({
      from: [side(verde, from, 100), side(coral, own, 200)],
      to: [side(coral, third, 300)],
    });
    expect(state).toBe("committed");
    await expectBalancedBooks([azul, verde, coral]);
    expect(await Promise.all([balanceOf(coral, own), balanceOf(coral, third)])).toEqual([300, 300]);
  });
});

describe("a bank that is away", () => {
  it("lesson 11: gets no other bank's money, nor does another bank get what was meant for it", async () => {
    const from = await openAccountWith(azul, 1_000);
    const [atVerde, atCoral] = [await openAccountWith(verde, 0), await openAccountWith(coral, 0)];
    banks.meddle((passage) => ![passage.from, passage.to].includes("verde"));
    const { lines } = await azul.staff.transfers.preview({
      from: [side(azul, from, 100)],
      to: [side(verde, atVerde, 100)],
    });
    expect(lines.map(({ bank, status }) => `${bank} ${status}`)).toEqual([
      "azul ok",
      "verde unknown",
    ]);
    const [lost, done] = await Promise.all([
      transfer({ from: [side(azul, from, 100)], to: [side(verde, atVerde, 100)] }),
      transfer({ from: [side(azul, from, 200)], to: [side(coral, atCoral, 200)] }),
    ]);
    // Whoever ends the wait first tells of it: the waiting caller's node knows who was silent.
    expect(lost.state).toBe("aborted");
    expect(["prepare-timeout", "banks-silent"]).toContain(lost.refusal?.code);
    expect(done.state).toBe("committed");
    banks.heal();
    await expectBalancedBooks([azul, verde, coral]);
    expect([await balanceOf(azul, from), await balanceOf(coral, atCoral)]).toEqual([800, 200]);
    expect(await balanceOf(verde, atVerde)).toBe(0);
  });

  it("lesson 15: stops nobody else; an open transfer locks no account and no bank", async () => {
    const from = await openAccountWith(azul, 1_000);
    const [slow, quick] = [await openAccountWith(verde, 0), await openAccountWith(coral, 0)];
    let answer: () => void = () => undefined;
    const answered = new Promise<boolean>((resolve) => {
      answer = () => resolve(true);
    });
    banks.meddle(({ to, procedure }) =>
      to === "verde" && procedure === "commit.prepare" ? answered : true,
    );
    const open = transfer({ from: [side(azul, from, 100)], to: [side(verde, slow, 100)] });
    const held = async () => (await azul.staff.accounts.get({ number: from })).holds.length;
    await expect.poll(held).toBe(1);
    // The same account, the same banks: all goes on beside the open transfer.
    const { state } = await transfer({
      from: [side(azul, from, 200)],
      to: [side(coral, quick, 200)],
    });
    expect(state).toBe("committed");
    const cash = { idempotencyKey: newKey(), number: from, amountCentavos: 300 };
    expect((await azul.staff.cash.withdraw(cash)).balanceAfterCentavos).toBe(500);
    expect((await verde.staff.cash.deposit({ ...cash, number: slow })).balanceAfterCentavos).toBe(
      300,
    );
    answer();
    expect((await open).state).toBe("committed");
  });
});

describe("what comes from outside", () => {
  it.each([
    ["a fraction", 0.1],
    ["less than nothing", -100],
    ["nothing", 0],
    ["not a number", Number.NaN],
    ["infinite", Number.POSITIVE_INFINITY],
    ["beyond exact integers", CENTAVOS_MAX + 1],
    ["a text", "100"],
  ])("lesson 12: an amount that is %s never reaches the ledger", async (_, amount) => {
    const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(verde, 0)];
    const amountCentavos = amount as number;
    const cash = { idempotencyKey: newKey(), number: from, amountCentavos };
    const refused = { code: "BAD_REQUEST" };
    await expect(azul.staff.cash.deposit(cash)).rejects.toMatchObject(refused);
    await expect(azul.staff.cash.withdraw(cash)).rejects.toMatchObject(refused);
    await expect(
      transfer({ from: [side(azul, from, amountCentavos)], to: [side(verde, to, amountCentavos)] }),
    ).rejects.toMatchObject(refused);
    expect(await balanceOf(azul, from)).toBe(1_000);
  });

  it("lesson 14: the members are those of the manifest, whoever they are", async () => {
    const branches = await startBanks(["arizona", "texas"]);
    onTestFinished(() => branches.stop());
    const [arizona, texas] = [branches.bank("arizona"), branches.bank("texas")];
    const [from, to] = [await openAccountWith(arizona, 500), await openAccountWith(texas, 0)];
    const request = { from: [side(arizona, from, 500)], to: [side(texas, to, 500)] };
    const paid = await arizona.staff.transfers.create({ idempotencyKey: newKey(), ...request });
    expect(paid.transfer.state).toBe("committed");
    const stranger = refusalOf(transfer({ ...request, from: [side(arizona, from, 500)] }));
    expect(await stranger).toEqual({ code: "unknown-bank", details: { bank: "arizona" } });
    await expectBalancedBooks([arizona, texas]);
  });

  it("lesson 24: text stays text, whatever it looks like, and no key is kept in the repository", async () => {
    const name = `Robert'); DROP TABLE client; -- "\\ \u{1f600} %_`;
    const { client } = await azul.staff.clients.create({
      idempotencyKey: newKey(),
      name,
      taxId: cpf(24_242_424),
      email: "o'neil@example.com",
    });
    expect((await azul.staff.clients.get({ id: client.id })).client.name).toBe(name);
    const { clients } = await azul.staff.clients.list({ search: "'); drop table" });
    expect(clients.map(({ id }) => id)).toEqual([client.id]);
    const account = await openAccountWith(azul, 0);
    const description = "'; UPDATE account SET ledger = 1; --";
    const cash = { idempotencyKey: newKey(), number: account, amountCentavos: 5, description };
    await azul.staff.cash.deposit(cash);
    const { entries } = await azul.staff.accounts.statement({ number: account });
    expect(entries).toMatchObject([{ description, balanceAfterCentavos: 5 }]);
    const marker = ["BEGIN", "[A-Z ]*PRIVATE", "KEY-----"].join(" ").replace("[A-Z ]* ", "[A-Z ]*");
    const search = run("git", ["grep", "-lE", marker], { cwd: repository });
    await expect(search).rejects.toMatchObject({ code: 1, stdout: "" });
  });
});

describe("what is done is done once and whole", () => {
  it("lesson 19: interest of a period is posted once, however often the call is repeated", async () => {
    const account = await openAccountWith(azul, 100_000);
    const terms = { principalCentavos: 100_000n, yearlyRatePpm: 120_000n };
    // A rate is nothing without a period: twelve per cent a year for 30 days of 360.
    const interest = simpleInterest({ ...terms, time: { numerator: 30n, denominator: 360n } });
    expect(interest).toBe(1_000n);
    expect(simpleInterest({ ...terms, time: { numerator: 0n, denominator: 360n } })).toBe(0n);
    const posting = {
      idempotencyKey: `interest:2026-11:${account}`,
      number: account,
      amountCentavos: Number(interest),
    };
    const month = Array.from({ length: 5 }, () => azul.staff.cash.deposit(posting));
    expect(new Set((await Promise.all(month)).map(({ postingId }) => postingId)).size).toBe(1);
    expect(await balanceOf(azul, account)).toBe(101_000);
  });

  it("lesson 21: a transfer inside one bank is one database transaction, key and audit included", async () => {
    const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(azul, 0)];
    const { id, state } = await transfer({
      from: [side(azul, from, 400)],
      to: [side(azul, to, 400)],
    });
    expect(state).toBe("committed");
    const written = await azul.sql<{ what: string; rows: string; commits: string }>(
      `WITH written AS (
         SELECT 'transaction' AS what, xmin FROM global_transaction WHERE id = $1
         UNION ALL SELECT 'posting', xmin FROM posting WHERE transaction_id = $1
         UNION ALL SELECT 'entry', e.xmin FROM entry e JOIN posting p ON p.id = e.posting_id
                    WHERE p.transaction_id = $1
         UNION ALL SELECT 'account', xmin FROM account WHERE number = ANY($2)
         UNION ALL SELECT 'audit', xmin FROM audit_event WHERE transaction_id = $1
         UNION ALL SELECT 'key', xmin FROM idempotency_record
                    WHERE result #>> '{value,id}' = $1::text)
       SELECT string_agg(DISTINCT what, ', ' ORDER BY what) AS what, count(*) AS rows,
              count(DISTINCT xmin::text) AS commits FROM written`,
      [id, [from, to]],
    );
    expect(written).toEqual([
      { what: "account, audit, entry, key, posting, transaction", rows: "8", commits: "1" },
    ]);
  });

  it("lesson 5: the same money is not spent twice, by whatever way it leaves", async () => {
    const from = await openAccountWith(azul, 1_000);
    const [abroad, home] = [await openAccountWith(coral, 0), await openAccountWith(azul, 0)];
    const outcomes = await Promise.allSettled([
      transfer({ from: [side(azul, from, 1_000)], to: [side(coral, abroad, 1_000)] }),
      transfer({ from: [side(azul, from, 1_000)], to: [side(azul, home, 1_000)] }),
      azul.staff.cash.withdraw({
        idempotencyKey: newKey(),
        number: from,
        amountCentavos: 1_000,
      }),
    ]);
    const done = outcomes.filter(
      (it) => it.status === "fulfilled" && !("state" in it.value && it.value.state === "aborted"),
    );
    expect(done).toHaveLength(1);
    await expectBalancedBooks([azul, verde, coral]);
    expect(await balanceOf(azul, from)).toBe(0);
  });
});
