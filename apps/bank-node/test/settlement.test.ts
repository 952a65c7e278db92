import { saoPauloDate } from "@pacto/banking";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  tell,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let coral: BankInProcess;
let accounts: Record<string, string>;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"]);
  [azul, verde, coral] = [banks.bank("azul"), banks.bank("verde"), banks.bank("coral")];
  accounts = {
    azul: await openAccountWith(azul, 100_000),
    verde: await openAccountWith(verde, 100_000),
    coral: await openAccountWith(coral, 100_000),
  };
});
afterAll(() => banks.stop());

const all = () => [azul, verde, coral];
const side = (bank: string, amountCentavos: number) => ({
  bank,
  account: accounts[bank] ?? "",
  amountCentavos,
});

async function move(from: readonly [string, number][], to: readonly [string, number][]) {
  const { transfer } = await azul.staff.transfers.create({
    idempotencyKey: newKey(),
    from: from.map(([bank, amount]) => side(bank, amount)),
    to: to.map(([bank, amount]) => side(bank, amount)),
  });
  expect(transfer.state).toBe("committed");
  return transfer.id;
}

async function clearing(): Promise<number[]> {
  const rows = await Promise.all(
    all().map((bank) =>
      bank.sql<{ ledger: string }>("SELECT ledger FROM account WHERE kind = 'clearing'"),
    ),
  );
  return rows.map(([row]) => Number(row?.ledger));
}

const today = saoPauloDate(new Date());

describe("positions between banks", () => {
  it("sum to zero, are settled to zero by one run, and are told in its report", async () => {
    await move(
      [
        ["azul", 300],
        ["verde", 200],
      ],
      [["coral", 500]],
    );
    await move([["coral", 150]], [["azul", 150]]);
    await expectBalancedBooks(all());
    const before = await verde.staff.reports.positions();
    expect(before).toMatchObject({
      sumCentavos: 0,
      positions: [{ positionCentavos: 150 }, { positionCentavos: 200 }, { positionCentavos: -350 }],
    });
    const key = { idempotencyKey: newKey() };
    const { settlement } = await verde.staff.reports.settle(key);
    expect(settlement).toMatchObject({ state: "committed", settledCentavos: 350 });
    expect((await verde.staff.reports.settle(key)).settlement.id).toBe(settlement.id);
    await expectBalancedBooks(all());
    expect(await clearing()).toEqual([0, 0, 0]);
    const reserves = await coral.sql<{ ledger: string }>(
      "SELECT ledger FROM account WHERE kind = 'reserves'",
    );
    // On the debit side: coral's reserves grew by what it was owed.
    expect(reserves[0]?.ledger).toBe("-350");
    const { settlements } = await coral.staff.reports.settlements({});
    expect(settlements).toMatchObject([{ id: settlement.id, coordinator: "verde" }]);
    const report = { kind: "settlement", id: settlement.id } as const;
    const csv = await azul.staff.reports.file({ report, format: "csv", locale: "en" });
    expect(csv.content).toContain("coral,-3.50");
    const again = await refusalOf(azul.staff.reports.settle({ idempotencyKey: newKey() }));
    expect(again).toMatchObject({ code: "nothing-to-settle" });
  });

  it("are settled by all banks or by none", async () => {
    await move([["azul", 100]], [["coral", 100]]);
    await expectBalancedBooks(all());
    banks.meddle(({ to, procedure }) => !(to === "coral" && procedure === "commit.prepare"));
    const refusal = await refusalOf(azul.staff.reports.settle({ idempotencyKey: newKey() }));
    expect(refusal.code).toBe("banks-silent");
    banks.meddle(({ to, procedure }) => !(to === "coral" && procedure === "commit.position"));
    const silent = await refusalOf(azul.staff.reports.settle({ idempotencyKey: newKey() }));
    expect(silent).toMatchObject({ code: "banks-silent", details: { banks: "coral" } });
    banks.heal();
    await expectBalancedBooks(all());
    expect(await clearing()).toEqual([100, 0, -100]);
    await azul.staff.reports.settle({ idempotencyKey: newKey() });
    await expectBalancedBooks(all());
    expect(await clearing()).toEqual([0, 0, 0]);
  });

  it("cannot be moved against reserves by anything but what they are", async () => {
    await move([["azul", 100]], [["coral", 100]]);
    await expectBalancedBooks(all());
    const work = (amountCentavos: number, direction: "debit" | "credit") => ({
      kind: "money",
      description: "",
      legs: [{ account: "reserves", direction, amountCentavos }],
    });
    const asked = [work(99, "credit"), work(100, "debit"), work(100, "credit")];
    const items = asked.map((one) => ({ work: one }));
    const replies = (await tell(azul, "verde", "commit.preview", items)) as {
      refusal: { code: string } | null;
    }[];
    expect(replies.map(({ refusal }) => refusal?.code ?? null)).toEqual([
      ...["position-moved", "position-moved", null],
    ]);
    const staff = azul.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [side("azul", 1)],
      to: [{ bank: "azul", account: "reserves", amountCentavos: 1 }],
    });
    expect(await refusalOf(staff)).toMatchObject({ code: "invalid-input" });
  });
});

describe("the match of a day", () => {
  it("finds nothing unmatched in a healthy consortium, at any bank", async () => {
    await move(
      [
        ["azul", 10],
        ["verde", 20],
      ],
      [["coral", 30]],
    );
    await expectBalancedBooks(all());
    for (const bank of all()) {
      // oxlint-disable-next-line no-await-in-loop -- one bank's report after the other
      const report = await bank.staff.reports.match({ on: today });
      expect(report).toMatchObject({ unmatched: 0, open: 0, unknown: 0, isComplete: true });
      expect(report.matched).toBeGreaterThan(2);
    }
  });

  it("shows what one bank has and the other has not, or has otherwise, before all else", async () => {
    const lost = await move([["azul", 11]], [["coral", 11]]);
    const changed = await move([["azul", 12]], [["coral", 12]]);
    await expectBalancedBooks(all());
    await coral.sql(
      `SET session_replication_role = replica;
       DELETE FROM branch WHERE transaction_id = '${lost}';
       UPDATE entry SET amount = amount * 2 WHERE posting_id = (
         SELECT id FROM posting WHERE transaction_id = '${changed}');
       SET session_replication_role = origin`,
    );
    const here = await azul.staff.reports.match({ on: today });
    expect(here.unmatched).toBe(2);
    const results = here.lines
      .slice(0, 2)
      .map(({ transactionId, result }) => [transactionId, result]);
    expect(new Map(results as [string, string][])).toEqual(
      new Map([
        [lost, "missing-there"],
        [changed, "amounts-differ"],
      ]),
    );
    const there = await coral.staff.reports.match({ on: today });
    expect(there.lines[0]).toMatchObject({
      result: expect.stringMatching(/missing-here|differ/) as string,
    });
    banks.meddle(({ procedure }) => procedure !== "commit.shares");
    expect(await azul.staff.reports.match({ on: today })).toMatchObject({ matched: 0 });
    banks.heal();
  });
});
