import { addDays, addMonths, formatDecimal, saoPauloDate } from "@pacto/banking";
import fc from "fast-check";
import { Ofx } from "ofx-data-extractor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  newClient,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

const today = saoPauloDate(new Date());

function deposit(number: string, amountCentavos: number, description = "") {
  return azul.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos, description });
}

function withdraw(number: string, amountCentavos: number) {
  return azul.staff.cash.withdraw({ idempotencyKey: newKey(), number, amountCentavos });
}

type Format = "pdf" | "csv" | "ofx" | "json";

function statementFile(number: string, format: Format, locale: "pt-BR" | "en" = "en") {
  const report = { kind: "statement", number, from: today, to: today } as const;
  return azul.staff.reports.file({ report, format, locale });
}

describe("a statement", () => {
  it("is filtered by kind, day, amount and text, with the account's own running balance", async () => {
    const number = await openAccountWith(azul, 100_00);
    await deposit(number, 20_00, "Aluguel de novembro");
    await deposit(number, 5_00, "Troco");
    await withdraw(number, 30_00);
    const balances = async (filter: object) => {
      const { entries } = await azul.staff.accounts.statement({ number, ...filter });
      return entries.map(({ balanceAfterCentavos }) => balanceAfterCentavos);
    };
    expect(await balances({})).toEqual([95_00, 125_00, 120_00, 100_00]);
    expect(await balances({ kind: "deposit" })).toEqual([125_00, 120_00]);
    expect(await balances({ text: "ALUGUEL" })).toEqual([120_00]);
    expect(await balances({ minimumCentavos: 20_00, maximumCentavos: 30_00 })).toEqual([
      95_00, 120_00,
    ]);
    expect(await balances({ from: today, to: today })).toHaveLength(4);
    expect(await balances({ to: addDays(today, -1) })).toEqual([]);
    const first = await azul.staff.accounts.statement({ number, kind: "deposit", limit: 1 });
    const cursor = first.nextCursor ?? "";
    expect(await balances({ kind: "deposit", limit: 1, cursor })).toEqual([120_00]);
  });

  it("has totals that are the ledger's, whatever happened", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -50_00, max: 50_00 }).filter(Boolean), { maxLength: 8 }),
        async (amounts) => {
          const number = await openAccountWith(azul, 100_00);
          for (const amount of amounts) {
            const moved = amount > 0 ? deposit(number, amount) : withdraw(number, -amount);
            // oxlint-disable-next-line no-await-in-loop -- one after the other, as at a counter
            await moved.catch(() => undefined);
          }
          const days = { number, from: today, to: today };
          const report = await azul.staff.reports.account(days);
          const { account } = await azul.staff.accounts.get({ number });
          const { entries } = await azul.staff.accounts.statement({ number });
          const { openingCentavos, creditsCentavos, debitsCentavos, closingCentavos } = report;
          expect(closingCentavos).toBe(account.ledgerCentavos);
          expect(openingCentavos + creditsCentavos + debitsCentavos).toBe(closingCentavos);
          expect(entries.reduce((sum, one) => sum + one.amountCentavos, 0)).toBe(closingCentavos);
          expect(report.entries).toBe(entries.length);
          const { content } = await statementFile(number, "ofx");
          const list = new Ofx(content).getBankTransferList();
          const sum = list.reduce((total, one) => total + Math.round(one.TRNAMT * 100), 0);
          expect(sum).toBe(closingCentavos);
        },
      ),
      { numRuns: 5 },
    );
  });

  it("is an OFX file that others read, with ids that stay", async () => {
    const number = await openAccountWith(azul, 1_234_56);
    await withdraw(number, 34_56);
    await deposit(number, 1, "A & B <Ltda>");
    const file = await statementFile(number, "ofx");
    expect(file).toMatchObject({ mediaType: "application/x-ofx", lines: 3, isComplete: true });
    const ofx = new Ofx(file.content);
    expect(ofx.getBankTransferList()).toMatchObject([
      { TRNTYPE: "DEP", FITID: `${number}.1` },
      { TRNTYPE: "CASH", FITID: `${number}.2` },
      { TRNTYPE: "DEP", FITID: `${number}.3` },
    ]);
    expect(file.content).toContain(`<BALAMT>${formatDecimal(1_200_01n)}</BALAMT>`);
    expect(file.content).toContain("A &amp; B &lt;Ltda&gt;");
    expect((await statementFile(number, "ofx")).content).toBe(file.content);
  });

  it("is a CSV file in which no text is a formula and every amount a number", async () => {
    const number = await openAccountWith(azul, 100_00);
    await deposit(number, 1_50, "=HYPERLINK(1)");
    await withdraw(number, 12_34);
    const english = (await statementFile(number, "csv")).content.trim().split("\n");
    expect(english[2]).toContain(",deposit,'=HYPERLINK(1),1.50,101.50");
    expect(english[3]).toContain(",withdrawal,,-12.34,89.16");
    const portuguese = (await statementFile(number, "csv", "pt-BR")).content.trim().split("\n");
    expect(portuguese[3]).toContain(";saque;;-12,34;89,16");
  });

  it("is a PDF file, and JSON with the same figures", async () => {
    const number = await openAccountWith(azul, 100_00);
    const pdf = await statementFile(number, "pdf");
    expect(pdf).toMatchObject({ mediaType: "application/pdf", encoding: "base64", lines: 1 });
    expect(Buffer.from(pdf.content, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    const json = await statementFile(number, "json");
    expect(JSON.parse(json.content)).toMatchObject({
      closingCentavos: 100_00,
      lines: [{ amountCentavos: 100_00, kind: "opening" }],
    });
  });

  it("needs an account, days that exist, and OFX only where there is such a thing", async () => {
    const missing = await refusalOf(statementFile("99999-9", "csv"));
    expect(missing).toMatchObject({ code: "account-not-found" });
    const number = await openAccountWith(azul, 0);
    const days = { number, from: today, to: addDays(today, -1) };
    const backwards = await refusalOf(azul.staff.reports.account(days));
    expect(backwards).toMatchObject({ code: "period-backwards" });
    const report = { kind: "day", on: today } as const;
    const unfit = await refusalOf(azul.staff.reports.file({ report, format: "ofx" }));
    expect(unfit).toMatchObject({ code: "format-not-for-report" });
  });
});

describe("the bank's own reports", () => {
  it("show a loan with its plan, its charges and its payments", async () => {
    const disburseTo = await openAccountWith(azul, 0);
    const { loan } = await azul.staff.loans.create({
      idempotencyKey: newKey(),
      system: "sac",
      principalCentavos: 1_200_00,
      ratePpm: 10_000,
      installments: 12,
      firstDueOn: addMonths(today, 1),
      disburseTo,
    });
    await azul.staff.loans.payByCheck({
      idempotencyKey: newKey(),
      number: loan.number,
      drawer: "Ana Souza",
      checkNumber: "77",
      amountCentavos: 100_00,
    });
    const report = await azul.staff.reports.loan({ number: loan.number });
    expect(report).toMatchObject({ paidCentavos: 100_00, loan: { debtCentavos: 1_100_00 } });
    expect(report.entries.map(({ kind }) => kind)).toEqual(["loan-disbursement", "check-payment"]);
    expect(report.installments).toHaveLength(12);
    const about = { kind: "loan", number: loan.number } as const;
    const pdf = await azul.staff.reports.file({ report: about, format: "pdf" });
    expect(pdf.encoding).toBe("base64");
  });

  it("count one day of the bank, from the entries", async () => {
    const before = await azul.staff.reports.day({ on: today });
    const number = await openAccountWith(azul, 40_00);
    await withdraw(number, 15_00);
    const after = await azul.staff.reports.day({ on: today });
    expect(after.postings - before.postings).toBe(2);
    expect(after.accountsOpened - before.accountsOpened).toBe(1);
    expect(after.clientsRegistered - before.clientsRegistered).toBe(1);
    expect(after.customersClosingCentavos - before.customersClosingCentavos).toBe(25_00);
    expect(after.cashCentavos - before.cashCentavos).toBe(25_00);
    const yesterday = await azul.staff.reports.day({ on: addDays(today, -1) });
    expect(yesterday).toMatchObject({ postings: 0, customersClosingCentavos: 0 });
  });

  it("balance: both columns come to the same, now and at any instant", async () => {
    const at = new Date().toISOString();
    const then = await azul.staff.reports.trialBalance({ at });
    await azul.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "savings",
      holders: [await newClient(azul)],
      openingDepositCentavos: 7_77,
    });
    const now = await azul.staff.reports.trialBalance({});
    expect(now.debitCentavos).toBe(now.creditCentavos);
    expect(now.creditCentavos - then.creditCentavos).toBe(7_77);
    expect(await azul.staff.reports.trialBalance({ at })).toEqual(then);
    const savings = now.lines.find(({ account }) => account === "savings");
    expect(savings?.creditCentavos).toBeGreaterThanOrEqual(7_77);
  });
});
