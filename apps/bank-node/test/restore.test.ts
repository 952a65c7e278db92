import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterRecovery } from "../src/restore/enter-recovery.ts";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

/** A bank whose database was put back from a backup must not lose what its peers can prove. */
let banks: BanksInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"]);
});
afterAll(() => banks.stop());

async function pay(
  coordinator: BankInProcess,
  from: { bank: string; account: string },
  to: { bank: string; account: string },
  amountCentavos: number,
) {
  const { transfer } = await coordinator.staff.transfers.create({
    idempotencyKey: newKey(),
    from: [{ ...from, amountCentavos }],
    to: [{ ...to, amountCentavos }],
  });
  await expect
    .poll(
      async () => (await coordinator.staff.transfers.get({ id: transfer.id })).transfer.settled,
      { timeout: 10_000 },
    )
    .toBe(true);
  return transfer;
}

describe("a bank restored from a backup", () => {
  it("re-learns from its peers what was committed since, and only then votes again (R48)", async () => {
    const azulAccount = await openAccountWith(banks.bank("azul"), 100_000);
    const verdeAccount = await openAccountWith(banks.bank("verde"), 100_000);
    const azul = { bank: "azul", account: azulAccount };
    const verde = { bank: "verde", account: verdeAccount };
    await pay(banks.bank("azul"), azul, verde, 1_000);

    const backup = await banks.backUp("azul");
    await banks.startAgain("azul");
    const asCoordinator = await pay(banks.bank("azul"), azul, verde, 20_000);
    const asParticipant = await pay(banks.bank("coral"), verde, azul, 5_000);
    expect(await balanceOf(banks.bank("azul"), azulAccount)).toBe(84_000);

    const abandoned = await banks.backUp("azul");
    await abandoned.drop();
    const restored = await banks.startAgain("azul", backup);
    expect(restored.node.bank.incarnation).toBeGreaterThan(1);
    await expect
      .poll(async () => (await restored.staff.operations.drainState()).mode, { timeout: 10_000 })
      .toBe("normal");

    expect(await balanceOf(restored, azulAccount)).toBe(84_000);
    const { transfer } = await restored.staff.transfers.get({ id: asCoordinator.id });
    expect(transfer.state).toBe("committed");
    const { branch } = await restored.staff.transfers.branch({ id: asParticipant.id });
    expect(branch?.state).toBe("committed");
    const { sum } = (
      await restored.sql<{ sum: string }>("SELECT sum(amount)::text AS sum FROM entry")
    )[0] ?? { sum: "none" };
    expect(sum).toBe("0");

    const again = await pay(banks.bank("verde"), verde, azul, 700);
    expect(again.state).toBe("committed");
    expect(await balanceOf(restored, azulAccount)).toBe(84_700);
    // Its own numbers go on above those that it gave away before the restore (R31).
    await pay(restored, azul, verde, 100);
    expect(await balanceOf(restored, azulAccount)).toBe(84_600);
    const { rows } = await restored.node.bank.pools.api.query<{ sequence: number }>(
      "SELECT sequence::float8 AS sequence FROM global_transaction ORDER BY created_at, sequence",
    );
    const numbers = rows.map(({ sequence }) => sequence);
    expect(numbers.at(-1)).toBeGreaterThan(Math.max(...numbers.slice(0, -1)));
  });

  it("votes no while a peer has not told what was forgotten", async () => {
    const coralAccount = await openAccountWith(banks.bank("coral"), 10_000);
    const verdeAccount = await openAccountWith(banks.bank("verde"), 0);
    const backup = await banks.backUp("coral");
    banks.meddle(({ from, to, procedure }) => {
      const isAsked = procedure === "commit.recover" && [from, to].includes("azul");
      return !isAsked;
    });
    const restored = await banks.startAgain("coral", backup);
    const { transfer } = await banks.bank("verde").staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "coral", account: coralAccount, amountCentavos: 100 }],
      to: [{ bank: "verde", account: verdeAccount, amountCentavos: 100 }],
    });
    expect(transfer.state).toBe("aborted");
    expect((await restored.staff.operations.drainState()).mode).toBe("recovering");
    const own = restored.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "coral", account: coralAccount, amountCentavos: 100 }],
      to: [{ bank: "verde", account: verdeAccount, amountCentavos: 100 }],
    });
    expect((await refusalOf(own)).code).toBe("bank-recovering");
    banks.heal();
    await expect
      .poll(async () => (await restored.staff.operations.drainState()).mode, { timeout: 10_000 })
      .toBe("normal");
    banks.takeErrors();
  });

  it("books what was committed whatever blocks and balances are by now, and says so", async () => {
    const [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
    const number = await openAccountWith(azul, 1_000);
    const other = await openAccountWith(verde, 0);
    const backup = await banks.backUp("azul");
    const living = await banks.startAgain("azul");
    // Cash that no other bank knows of, spent in a transfer that verde can prove.
    await living.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos: 9_000 });
    const late = await openAccountWith(living, 500);
    const paid = { bank: "azul", account: number };
    await pay(living, paid, { bank: "verde", account: other }, 8_000);
    await pay(living, { bank: "azul", account: late }, { bank: "verde", account: other }, 500);
    const restored = await banks.startAgain("azul", backup);
    await untilNormal(restored);

    const { account } = await restored.staff.accounts.get({ number });
    expect(account).toMatchObject({ ledgerCentavos: -7_000, availableCentavos: 0 });
    const refused = restored.staff.cash.withdraw({
      idempotencyKey: newKey(),
      number,
      amountCentavos: 1,
    });
    expect((await refusalOf(refused)).code).toBe("debits-blocked");
    const told = await restored.sql<{ action: string; subject: string }>(
      "SELECT action, subject FROM audit_event WHERE action LIKE 'restore.%-%' ORDER BY action",
    );
    expect(told).toEqual([
      { action: "restore.account-forgotten", subject: late },
      { action: "restore.bounds-overrun", subject: number },
    ]);
    expect(await ledgerOf(restored, "suspense")).toBe("-500");
    await expectZeroSum(restored);
  });

  it("does nothing on its own while it does not know what it has", async () => {
    const number = await openAccountWith(banks.bank("coral"), 10_000);
    const backup = await banks.backUp("coral");
    banks.meddle(({ procedure }) => procedure !== "commit.recover");
    const restored = await banks.startAgain("coral", backup);
    const key = newKey();
    const deposit = { idempotencyKey: key, number, amountCentavos: 5 };
    expect((await refusalOf(restored.staff.cash.deposit(deposit))).code).toBe("bank-recovering");
    banks.heal();
    await untilNormal(restored);
    // The refusal was of the moment: the same request passes now.
    expect(await restored.staff.cash.deposit(deposit)).toMatchObject({ number });
    banks.takeErrors();
  });

  it("ends its recovery although others begin transfers with it all the time", async () => {
    const [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
    const from = await openAccountWith(verde, 10_000);
    const to = await openAccountWith(azul, 0);
    const backup = await banks.backUp("azul");
    let isOver = false;
    const begin = async () => {
      while (!isOver) {
        await verde.staff.transfers.create({
          idempotencyKey: newKey(),
          from: [{ bank: "verde", account: from, amountCentavos: 1 }],
          to: [{ bank: "azul", account: to, amountCentavos: 1 }],
          waitMs: 200,
        });
      }
    };
    const load = begin();
    const restored = await banks.startAgain("azul", backup);
    await untilNormal(restored);
    isOver = true;
    await load;
    banks.takeErrors();
  });

  it("recovers once for each restore, however often it starts, and never under an old number", async () => {
    const verde = banks.bank("verde");
    const backup = await banks.backUp("verde");
    const restored = await banks.startAgain("verde", backup);
    await untilNormal(restored);
    const { incarnation } = restored.node.bank;
    const [state] = await restored.sql<{ restored_as: string }>(
      "SELECT restored_as FROM bank_state",
    );
    await enterRecovery(restored.node.bank.pools.api, state?.restored_as ?? "");
    expect((await restored.staff.operations.drainState()).mode).toBe("normal");
    const lower = restored.sql("UPDATE bank_state SET incarnation = incarnation - 1");
    await expect(lower).rejects.toThrow(/lower than/);
    expect(restored.node.bank.incarnation).toBe(incarnation);
    expect(verde.id).toBe("verde");
  });

  it("begins where it began when its backup is of a bank that was still learning", async () => {
    const bank = banks.bank("coral");
    const { pools } = bank.node.bank;
    const begin = "01930000-0000-7000-8000-000000000000";
    await bank.sql(`UPDATE bank_state SET mode = 'recovering', relearn_after = '${begin}'`);
    await enterRecovery(pools.api, "while learning");
    const noted = () => bank.sql("SELECT relearn_after AS begin FROM bank_state");
    expect(await noted()).toEqual([{ begin }]);
    await bank.sql("UPDATE bank_state SET mode = 'normal'");
    await enterRecovery(pools.api, "after learning");
    expect(await noted()).not.toEqual([{ begin }]);
    await bank.sql("UPDATE bank_state SET mode = 'normal'");
  });
});

async function untilNormal(bank: BankInProcess): Promise<void> {
  await expect
    .poll(async () => (await bank.staff.operations.drainState()).mode, { timeout: 15_000 })
    .toBe("normal");
}

async function ledgerOf(bank: BankInProcess, number: string): Promise<string | undefined> {
  const rows = await bank.sql<{ ledger: string }>(
    "SELECT ledger::text AS ledger FROM account WHERE number = $1",
    [number],
  );
  return rows[0]?.ledger;
}

async function expectZeroSum(bank: BankInProcess): Promise<void> {
  const sums = await bank.sql<{ sum: string }>("SELECT sum(amount)::text AS sum FROM entry");
  expect(sums).toEqual([{ sum: "0" }]);
}
