import { saoPauloDate } from "@pacto/banking";
import { CENTAVOS_MAX } from "@pacto/contract";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  newClient,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

/** What the fuzzer found: each of these was once an error of the node's own. */
let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

const terms = {
  system: "sac",
  ratePpm: 10_000,
  ratePer: "month",
  installments: 12,
  firstDueOn: "2099-01-31",
} as const;

describe("a node", () => {
  it("lists accounts among which is a loan's, whose ceiling is zero", async () => {
    const disburseTo = await openAccountWith(azul, 0);
    const { loan } = await azul.staff.loans.create({
      ...terms,
      idempotencyKey: newKey(),
      principalCentavos: 100_000,
      disburseTo,
    });
    const { accounts } = await azul.staff.accounts.list({});
    expect(accounts.map(({ number }) => number)).toContain(loan.number);
    const { account } = await azul.staff.accounts.get({ number: loan.number });
    // No maximum that anybody could set.
    expect(account.ceilingCentavos).toBeNull();
  });

  it("refuses to plan a loan whose installments come to more than can be said", async () => {
    const asked = { ...terms, principalCentavos: CENTAVOS_MAX };
    expect(await refusalOf(azul.staff.loans.simulate(asked))).toEqual({
      code: "amount-too-large",
      details: { maximumCentavos: CENTAVOS_MAX },
    });
  });

  it("says what it can of books that sum to more than can be said", async () => {
    const holders = [await newClient(azul)];
    for (const kind of ["checking", "savings"] as const) {
      const { account } = await azul.staff.accounts.open({
        kind,
        holders,
        idempotencyKey: newKey(),
        openingDepositCentavos: 0,
      });
      await azul.sql("UPDATE account SET ledger = $2 WHERE number = $1", [
        account.number,
        CENTAVOS_MAX - 1,
      ]);
    }
    // So that the books sum to zero all the same.
    await azul.sql("UPDATE account SET ledger = ledger - $1 WHERE kind IN ('cash', 'equity')", [
      CENTAVOS_MAX - 1,
    ]);
    expect(await azul.staff.status.summary()).toMatchObject({ customersCentavos: CENTAVOS_MAX });
  });

  it("refuses a page's mark that none of its pages gave", async () => {
    const cursor = `${"-".repeat(36)}:1`;
    expect(await refusalOf(azul.staff.listings.history({ cursor }))).toMatchObject({
      code: "invalid-input",
      details: { field: "cursor" },
    });
  });

  it("refuses reports and a drawer's count whose sums are more than can be said", async () => {
    const others = await startBanks(["verde"]);
    onTestFinished(() => others.stop());
    const bank = others.bank("verde");
    const most = CENTAVOS_MAX - 1;
    const key = () => ({ idempotencyKey: newKey() });
    const reason = "carro-forte";
    await openAccountWith(bank, most);
    await bank.staff.cash.moveVault({ ...key(), direction: "out", amountCentavos: most, reason });
    const full = await openAccountWith(bank, most);
    const tooLarge = { code: "amount-too-large", details: { maximumCentavos: CENTAVOS_MAX } };
    expect(await refusalOf(bank.staff.reports.trialBalance({}))).toEqual(tooLarge);
    const on = saoPauloDate(new Date());
    expect(await refusalOf(bank.staff.reports.day({ on }))).toEqual(tooLarge);
    const days = { number: full, from: on, to: on };
    expect((await bank.staff.reports.account(days)).closingCentavos).toBe(most);
    await bank.staff.cash.openDrawer({ ...key(), floatCentavos: 0 });
    const count = [{ valueCentavos: 20_000 as const, pieces: 100 }];
    const close = bank.staff.cash.closeDrawer({ ...key(), count });
    expect((await refusalOf(close)).code).toBe("amount-too-large");
    // Nothing of it was booked, and the drawer is open still.
    expect((await bank.staff.cash.drawer()).drawer.isOpen).toBe(true);
    const [left] = await bank.sql("SELECT ledger FROM account WHERE number = 'over-short'");
    expect(left).toEqual({ ledger: "0" });
    await bank.staff.cash.closeDrawer({ ...key(), count: [] });
  });
});
