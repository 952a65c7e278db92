import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accountAt,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

let banks: BanksInProcess;
let bank: BankInProcess;
let payer: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  [bank, payer] = [banks.bank("azul"), banks.bank("verde")];
});
afterAll(() => banks.stop());

const EIGHT = 800;

function deposit(number: string, amountCentavos = EIGHT) {
  return bank.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos });
}

async function depositTwiceAtOnce(account: string): Promise<string[]> {
  const outcomes = await Promise.allSettled([deposit(account), deposit(account)]);
  return outcomes.map(({ status }) => status).sort();
}

describe("lesson 22: an account with a ceiling of 16.00", () => {
  it("takes two deposits of 8.00 at once, and refuses a third one whole", async () => {
    const account = await openAccountWith(bank, 0, { ceilingCentavos: 1_600 });
    expect(await depositTwiceAtOnce(account)).toEqual(["fulfilled", "fulfilled"]);
    expect(await refusalOf(deposit(account))).toEqual({
      code: "ceiling-exceeded",
      details: { bank: "azul", account, roomCentavos: 0, excessCentavos: EIGHT },
    });
    expect(await accountAt(bank, account)).toMatchObject({ ledgerCentavos: 1_600, version: 2 });
  });

  it("takes one of two while 8.00 from another bank is pending, and the 8.00 too", async () => {
    const account = await openAccountWith(bank, 0, { ceilingCentavos: 1_600 });
    const from = await openAccountWith(payer, EIGHT);
    // The decision of verde's transfer is held up: azul has promised to take the money.
    let deliver: () => void = () => undefined;
    const decision = new Promise<boolean>((resolve) => {
      deliver = () => resolve(true);
    });
    banks.meddle(({ procedure }) => (procedure === "commit.decide" ? decision : true));
    await payer.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "verde", account: from, amountCentavos: EIGHT }],
      to: [{ bank: "azul", account, amountCentavos: EIGHT }],
      waitMs: 0,
    });
    const incoming = async () => (await accountAt(bank, account)).incomingCentavos;
    await expect.poll(incoming).toBe(EIGHT);
    expect(await depositTwiceAtOnce(account)).toEqual(["fulfilled", "rejected"]);
    expect((await refusalOf(deposit(account, 1))).details).toMatchObject({ roomCentavos: 0 });
    deliver();
    await expectBalancedBooks([bank, payer]);
    expect(await accountAt(bank, account)).toMatchObject({
      ledgerCentavos: 1_600,
      incomingCentavos: 0,
    });
  });

  it("has its room back when the pending 8.00 are given up", async () => {
    const account = await openAccountWith(bank, EIGHT, { ceilingCentavos: 1_600 });
    const [from, broke] = [await openAccountWith(payer, EIGHT), await openAccountWith(payer, 0)];
    const { transfer } = await bank.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [
        { bank: "verde", account: from, amountCentavos: EIGHT - 1 },
        { bank: "verde", account: broke, amountCentavos: 1 },
      ],
      to: [{ bank: "azul", account, amountCentavos: EIGHT }],
    });
    expect(transfer).toMatchObject({
      state: "aborted",
      refusal: { code: "insufficient-funds", details: { account: broke } },
    });
    await expectBalancedBooks([bank, payer]);
    expect((await deposit(account)).balanceAfterCentavos).toBe(1_600);
  });

  it("refuses a transfer that would pass it, and says by how much", async () => {
    const account = await openAccountWith(bank, 1_000, { ceilingCentavos: 1_600 });
    const from = await openAccountWith(payer, 10_000);
    const { transfer } = await payer.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "verde", account: from, amountCentavos: EIGHT }],
      to: [{ bank: "azul", account, amountCentavos: EIGHT }],
    });
    expect(transfer).toMatchObject({
      state: "aborted",
      refusal: {
        code: "ceiling-exceeded",
        details: { bank: "azul", account, roomCentavos: 600, excessCentavos: 200 },
      },
    });
    await expectBalancedBooks([bank, payer]);
  });
});
