import { addDays, addMonths, saoPauloDate } from "@pacto/banking";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chargeLoans } from "../src/loans/charge-loans.ts";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
});
afterAll(() => banks.stop());

const today = saoPauloDate(new Date());

async function lend(more: Partial<Parameters<BankInProcess["staff"]["loans"]["create"]>[0]> = {}) {
  const disburseTo = await openAccountWith(azul, 0);
  const { loan } = await azul.staff.loans.create({
    idempotencyKey: newKey(),
    system: "sac",
    principalCentavos: 120_000,
    ratePpm: 10_000,
    installments: 12,
    firstDueOn: addMonths(today, 1),
    disburseTo,
    ...more,
  });
  return { ...loan, account: more.disburseTo ?? disburseTo };
}

function check(number: string, amountCentavos: number, checkNumber = newKey().replace(/\D/g, "")) {
  const drawer = "Ana Souza";
  const input = { number, amountCentavos, drawer, checkNumber: checkNumber.slice(0, 12) };
  return { idempotencyKey: newKey(), ...input };
}

describe("a loan", () => {
  it("is paid out to its account, with a plan of due dates", async () => {
    const loan = await lend();
    expect(loan).toMatchObject({ debtCentavos: 120_000, overdueCentavos: 0, state: "open" });
    expect(await balanceOf(azul, loan.account)).toBe(120_000);
    expect(await balanceOf(azul, loan.number)).toBe(-120_000);
    const { accounts } = await azul.staff.accounts.list({ search: loan.number });
    expect(accounts).toMatchObject([{ kind: "loan", ceilingCentavos: null }]);
    const { installments } = await azul.staff.loans.get({ number: loan.number });
    expect(installments).toHaveLength(12);
    expect(installments[0]).toMatchObject({ paymentCentavos: 11_200, state: "open" });
    expect(installments.at(-1)?.balanceCentavos).toBe(0);
  });

  it("needs a positive rate, a later first day and an account that is no loan", async () => {
    const loan = await lend();
    expect(await refusalOf(lend({ ratePpm: 0 }))).toMatchObject({ code: "rate-not-positive" });
    expect(await refusalOf(lend({ ratePpm: -1 }))).toMatchObject({ code: "rate-not-positive" });
    const early = await refusalOf(lend({ firstDueOn: today }));
    expect(early).toMatchObject({ code: "first-due-too-early" });
    const circle = await refusalOf(lend({ disburseTo: loan.number }));
    expect(circle).toMatchObject({ code: "loan-account" });
  });

  it("is paid with a check, never over the debt and never twice with the same one", async () => {
    const { number } = await lend();
    const over = await refusalOf(azul.staff.loans.payByCheck(check(number, 120_001)));
    expect(over).toMatchObject({ code: "loan-overpaid", details: { debtCentavos: 120_000 } });
    const first = check(number, 20_000);
    const paid = await azul.staff.loans.payByCheck(first);
    expect(paid.debtCentavos).toBe(100_000);
    expect(await azul.staff.loans.payByCheck(first)).toEqual(paid);
    const again = check(number, 20_000, first.checkNumber);
    const used = await refusalOf(azul.staff.loans.payByCheck({ ...again, drawer: "ANA  souza" }));
    expect(used).toMatchObject({ code: "check-already-used" });
    const wrong = await openAccountWith(azul, 0);
    const noLoan = await refusalOf(azul.staff.loans.payByCheck(check(wrong, 1)));
    expect(noLoan).toMatchObject({ code: "not-a-loan" });
  });

  it("is paid from accounts at two banks by one transfer, and refuses one above the debt", async () => {
    const { number, account } = await lend();
    const elsewhere = await openAccountWith(verde, 500_000);
    const pay = (mine: number, theirs: number) =>
      azul.staff.transfers.create({
        idempotencyKey: newKey(),
        from: [
          { bank: "azul", account, amountCentavos: mine },
          { bank: "verde", account: elsewhere, amountCentavos: theirs },
        ],
        to: [{ bank: "azul", account: number, amountCentavos: mine + theirs }],
      });
    const above = await pay(60_000, 60_001);
    expect(above.transfer).toMatchObject({
      state: "aborted",
      refusal: { code: "ceiling-exceeded", details: { roomCentavos: 120_000 } },
    });
    expect((await pay(60_000, 60_000)).transfer.state).toBe("committed");
    const { loan } = await azul.staff.loans.get({ number });
    expect(loan).toMatchObject({ debtCentavos: 0, state: "paid", nextDueOn: null });
    await expectBalancedBooks([azul, verde]);
  });

  it("is paid by a transfer of its own, which nothing but a loan and no more than the debt takes", async () => {
    const { number, account } = await lend();
    const elsewhere = await openAccountWith(verde, 500_000);
    const pay = (amountCentavos: number, to = number, idempotencyKey = newKey()) =>
      azul.staff.loans.payByTransfer({
        idempotencyKey,
        number: to,
        from: [
          { bank: "azul", account, amountCentavos: 10 },
          { bank: "verde", account: elsewhere, amountCentavos },
        ],
      });
    expect(await refusalOf(pay(119_991))).toMatchObject({
      code: "loan-overpaid",
      details: { debtCentavos: 120_000 },
    });
    expect(await refusalOf(pay(1, account))).toMatchObject({ code: "not-a-loan" });
    const key = newKey();
    const paid = await pay(119_990, number, key);
    expect(paid.transfer.state).toBe("committed");
    // The same key, though nothing is owed any more.
    expect((await pay(119_990, number, key)).transfer.id).toBe(paid.transfer.id);
    expect(await refusalOf(pay(1))).toMatchObject({ code: "loan-paid" });
    await expectBalancedBooks([azul, verde]);
  });

  it("lets nobody draw from it again what was paid back", async () => {
    const { number, account } = await lend();
    await azul.staff.loans.payByCheck(check(number, 50_000));
    const { transfer } = await azul.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "azul", account: number, amountCentavos: 10 }],
      to: [{ bank: "azul", account, amountCentavos: 10 }],
    });
    expect(transfer.refusal).toMatchObject({ code: "debits-blocked" });
    const unblock = { idempotencyKey: newKey(), number, reason: "Draw it again" };
    const opened = await refusalOf(azul.staff.accounts.unblock(unblock));
    expect(opened).toMatchObject({ code: "loan-account" });
  });

  it("is charged interest when it falls due, then a penalty and late interest, each once", async () => {
    const { number } = await lend();
    const { installments } = await azul.staff.loans.get({ number });
    const due = installments[0]?.dueOn as typeof today;
    const { bank } = azul.node;
    await chargeLoans(bank, due);
    const { loan } = await azul.staff.loans.get({ number });
    expect(loan.debtCentavos).toBe(121_200);
    await chargeLoans(bank, addDays(due, 2));
    await Promise.all([1, 2, 3].map(() => chargeLoans(bank, addDays(due, 2))));
    const { entries } = await azul.staff.accounts.statement({ number });
    // 2 % of 112.00 once; 1 % a month on what is overdue, for one day and then for another.
    expect(entries.map(({ kind, amountCentavos }) => [kind, amountCentavos])).toEqual([
      ["loan-late-interest", -4],
      ["loan-late-interest", -4],
      ["loan-penalty", -224],
      ["loan-interest", -1_200],
      ["loan-disbursement", -120_000],
    ]);
    await expectBalancedBooks([azul, verde]);
  });

  it("is paid off for what the quote says", async () => {
    const { number, account } = await lend();
    const quote = await azul.staff.loans.payoffQuote({ number });
    expect(quote).toMatchObject({ debtCentavos: 120_000, accruedCentavos: 0 });
    const request = { idempotencyKey: newKey(), number, from: account };
    const paid = await azul.staff.loans.payOff(request);
    expect(paid).toMatchObject({ amountCentavos: quote.totalCentavos, debtCentavos: 0 });
    expect(await azul.staff.loans.payOff(request)).toEqual(paid);
    expect(await balanceOf(azul, account)).toBe(0);
    const again = await refusalOf(
      azul.staff.loans.payOff({ ...request, idempotencyKey: newKey() }),
    );
    expect(again).toMatchObject({ code: "loan-paid" });
  });
});
