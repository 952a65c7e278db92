import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accountAt,
  balanceOf,
  cpf,
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
let verde: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
});
afterAll(() => banks.stop());

const because = (number: string) => ({ idempotencyKey: newKey(), number, reason: "asked for" });

function withdraw(number: string, amountCentavos: number) {
  return azul.staff.cash.withdraw({ idempotencyKey: newKey(), number, amountCentavos });
}

describe("a client", () => {
  it("is edited with its history kept, and two edits of one version make one", async () => {
    const id = await newClient(azul);
    const edit = (more: object, version = 1) =>
      azul.staff.clients.update({ idempotencyKey: newKey(), id, version, ...more });
    await edit({ email: "ana@example.com", postalCode: "01310-100", city: "São Paulo" });
    expect((await refusalOf(edit({ phone: "11 99999-0000" }))).code).toBe("changed-meanwhile");
    const { client } = await edit({ email: "", sharesAccounts: true }, 2);
    expect(client).toMatchObject({ email: null, postalCode: "01310100", version: 3 });
    const { revisions } = await azul.staff.clients.history({ id });
    expect(revisions.map(({ version }) => version)).toEqual([3, 2]);
    expect(revisions[0]?.changes).toEqual([
      { field: "email", before: "ana@example.com", after: null },
      { field: "sharesAccounts", before: "false", after: "true" },
    ]);
  });

  it("has representatives only as a company, each a person with a CPF", async () => {
    const create = (taxId: string, representative: string) =>
      azul.staff.clients.create({
        idempotencyKey: newKey(),
        name: "Mercado Azul",
        taxId,
        representatives: [{ name: "Bia Souza", taxId: representative, role: "sócia" }],
      });
    expect((await refusalOf(create(cpf(31), cpf(32)))).code).toBe("representatives-of-company");
    expect((await refusalOf(create("11222333000181", "39053344706"))).code).toBe("tax-id-invalid");
    const { client } = await create("11222333000181", cpf(32));
    const detail = await azul.staff.clients.get({ id: client.id });
    expect(detail.client.representatives).toMatchObject([{ name: "Bia Souza", role: "sócia" }]);
    expect(JSON.stringify(detail)).not.toContain(cpf(32));
  });

  it("is found at another bank with consent there, and stays known while that bank is away", async () => {
    const taxId = cpf(77_001);
    const register = (bank: BankInProcess, sharesAccounts: boolean) =>
      bank.staff.clients.create({ idempotencyKey: newKey(), name: "Davi", taxId, sharesAccounts });
    const here = (await register(azul, false)).client;
    const there = (await register(verde, false)).client;
    const { account } = await verde.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "checking",
      holders: [there.id],
    });
    const elsewhere = async () => (await azul.staff.clients.elsewhere({ id: here.id })).banks;
    expect(await elsewhere()).toMatchObject([{ bank: "verde", status: "fresh", accounts: [] }]);
    await verde.staff.clients.update({
      idempotencyKey: newKey(),
      id: there.id,
      version: 1,
      sharesAccounts: true,
    });
    const expire = () =>
      azul.sql("UPDATE foreign_holding SET fetched_at = now() - interval '1 hour'");
    await expire();
    const known = { bank: "verde", accounts: [{ number: account.number, kind: "checking" }] };
    expect(await elsewhere()).toMatchObject([{ ...known, status: "fresh" }]);
    await expire();
    banks.meddle(() => false);
    expect(await elsewhere()).toMatchObject([{ ...known, status: "kept" }]);
    banks.heal();
  });
});

describe("an account", () => {
  it("takes a chosen number whose digit fits, once", async () => {
    const open = async (number: string) =>
      azul.staff.accounts.open({
        idempotencyKey: newKey(),
        kind: "savings",
        holders: [await newClient(azul)],
        number,
      });
    const generated = (await accountAt(azul, await openAccountWith(azul, 0))).number;
    expect((await refusalOf(open(generated))).code).toBe("account-number-taken");
    const wrong = generated.replace(/.$/u, (digit) => (digit === "1" ? "2" : "1"));
    expect((await refusalOf(open(wrong))).code).toBe("account-number-invalid");
  });

  it("can be blocked for debits, credits or both, and unblocked", async () => {
    const number = await openAccountWith(azul, 10_000);
    await azul.staff.accounts.block({ ...because(number), what: "debits" });
    expect((await refusalOf(withdraw(number, 1))).code).toBe("debits-blocked");
    const deposit = () =>
      azul.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos: 1 });
    await deposit();
    const { account } = await azul.staff.accounts.block({ ...because(number), what: "credits" });
    expect(account).toMatchObject({ status: "blocked", statusReason: "asked for" });
    expect((await refusalOf(deposit())).code).toBe("credits-blocked");
    await azul.staff.accounts.unblock(because(number));
    await withdraw(number, 1);
  });

  it("closes only at zero, pays the rest out when told where to, and reopens", async () => {
    const [number, heir] = [await openAccountWith(azul, 5_000), await openAccountWith(azul, 0)];
    expect(await refusalOf(azul.staff.accounts.close(because(number)))).toMatchObject({
      code: "account-not-empty",
      details: { balanceCentavos: 5_000 },
    });
    await azul.staff.accounts.close({ ...because(number), payoutTo: heir });
    expect([await balanceOf(azul, number), await balanceOf(azul, heir)]).toEqual([0, 5_000]);
    expect((await refusalOf(withdraw(number, 1))).code).toBe("account-closed");
    expect((await azul.staff.accounts.reopen(because(number))).account.status).toBe("active");
    expect((await refusalOf(azul.staff.accounts.reopen(because(number)))).code).toBe(
      "account-active",
    );
  });

  it("keeps its terms above what it already uses", async () => {
    const number = await openAccountWith(azul, 0, { overdraftCentavos: 1_000 });
    await withdraw(number, 800);
    const change = (terms: object) =>
      azul.staff.accounts.changeTerms({ ...because(number), ...terms });
    expect(await refusalOf(change({ overdraftCentavos: 700 }))).toMatchObject({
      code: "overdraft-in-use",
      details: { usedCentavos: 800 },
    });
    await change({ overdraftCentavos: 900, ceilingCentavos: 500 });
    expect((await refusalOf(withdraw(number, 101))).code).toBe("insufficient-funds");
    await withdraw(number, 100);
  });

  it("tells its balance at any past instant", async () => {
    const number = await openAccountWith(azul, 700);
    const at = new Date(Date.now() + 1).toISOString();
    while (new Date().toISOString() <= at) await azul.sql("SELECT 1");
    await withdraw(number, 200);
    const then = await azul.staff.accounts.balanceAt({ number, at });
    expect(then).toMatchObject({ ledgerCentavos: 700, heldCentavos: 0 });
    const before = await azul.staff.accounts.balanceAt({ number, at: "2020-01-01T00:00:00.000Z" });
    expect(before.ledgerCentavos).toBe(0);
  });
});
