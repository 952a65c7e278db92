import { CENTAVOS_MAX } from "@pacto/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accountAt,
  cpf,
  newClient,
  newKey,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
let bank: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  bank = banks.bank("azul");
});
afterAll(() => banks.stop());

type Opening = Partial<Parameters<BankInProcess["staff"]["accounts"]["open"]>[0]>;

async function open(more: Opening = {}) {
  const holders = more.holders ?? [await newClient(bank)];
  const input = { idempotencyKey: newKey(), kind: "checking" as const, ...more, holders };
  return (await bank.staff.accounts.open(input)).account;
}

async function booksOf(holder: string): Promise<number> {
  const { accounts } = await bank.staff.accounts.list({ clientId: holder });
  return accounts.length;
}

describe("opening an account", () => {
  it("posts the opening deposit with the account, against the bank's cash", async () => {
    const account = await open({ openingDepositCentavos: 100_000 });
    expect(account).toMatchObject({ ledgerCentavos: 100_000, availableCentavos: 100_000 });
    const { entries } = await bank.staff.accounts.statement({ number: account.number });
    expect(entries).toMatchObject([{ kind: "opening", amountCentavos: 100_000, version: 1 }]);
    const sums = await bank.sql("SELECT FROM entry GROUP BY posting_id HAVING sum(amount) <> 0");
    expect(sums).toEqual([]);
  });

  it("is refused whole when the deposit passes the ceiling, and stays so under its key", async () => {
    const holder = await newClient(bank);
    const request = {
      idempotencyKey: newKey(),
      holders: [holder],
      openingDepositCentavos: 1_601,
      ceilingCentavos: 1_600,
    };
    const refusal = await refusalOf(open(request));
    expect(refusal).toMatchObject({
      code: "ceiling-exceeded",
      details: { roomCentavos: 1_600, excessCentavos: 1 },
    });
    expect(await refusalOf(open(request))).toEqual(refusal);
    expect(await booksOf(holder)).toBe(0);
  });

  it("is refused when the bank's cash could not count the deposit any more", async () => {
    const holder = await newClient(bank);
    const request = { holders: [holder], openingDepositCentavos: CENTAVOS_MAX };
    await open({ openingDepositCentavos: 1 });
    expect(await refusalOf(open(request))).toMatchObject({ code: "amount-too-large" });
    expect(await booksOf(holder)).toBe(0);
  });

  it("shows what is available within the wire's range, whatever the overdraft", async () => {
    const account = await open({ openingDepositCentavos: 5, overdraftCentavos: CENTAVOS_MAX });
    const { availableCentavos, overdraftCentavos } = await accountAt(bank, account.number);
    expect([availableCentavos, overdraftCentavos]).toEqual([CENTAVOS_MAX, CENTAVOS_MAX]);
  });

  it("wants two different holders for a joint account, and a company for a business one", async () => {
    const [ana, bruno] = [await newClient(bank), await newClient(bank)];
    expect((await open({ kind: "joint", holders: [ana, bruno] })).holders).toHaveLength(2);
    for (const holders of [[ana], [ana, ana]]) {
      const { code } = await refusalOf(open({ kind: "joint", holders }));
      expect(code).toBe("joint-needs-two-holders");
    }
    expect((await refusalOf(open({ kind: "business", holders: [ana] }))).code).toBe(
      "kind-needs-company",
    );
    const { client } = await bank.staff.clients.create({
      idempotencyKey: newKey(),
      name: "Padaria",
      taxId: "12.ABC.345/01DE-35",
    });
    expect((await open({ kind: "business", holders: [client.id] })).kind).toBe("business");
  });
});

describe("clients", () => {
  it("lesson 18: two tellers who register one person at once make one client", async () => {
    const register = () =>
      bank.staff.clients.create({ idempotencyKey: newKey(), name: "Ana", taxId: cpf(777) });
    const attempts = await Promise.allSettled(Array.from({ length: 12 }, register));
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await refusalOf(register())).code).toBe("tax-id-taken");
    expect((await bank.staff.clients.list({ search: cpf(777) })).clients).toHaveLength(1);
  });

  it("lesson 13: a person is known by CPF, a company by CNPJ, and check digits count", async () => {
    const create = async (taxId: string) =>
      (await bank.staff.clients.create({ idempotencyKey: newKey(), name: "Caio", taxId })).client;
    expect((await create("012.345.678-90")).kind).toBe("individual");
    expect((await create("11.222.333/0001-81")).kind).toBe("company");
    for (const taxId of ["39053344706", "11111111111", "11222333000182", "123"]) {
      expect((await refusalOf(create(taxId))).code).toBe("tax-id-invalid");
    }
  });

  it("are found by a part of the name, in which every character means itself", async () => {
    for (const [at, name] of ["Ana_Maria", "AnaXMaria", "100% Pão"].entries()) {
      await bank.staff.clients.create({ idempotencyKey: newKey(), name, taxId: cpf(900 + at) });
    }
    const find = async (search: string) =>
      (await bank.staff.clients.list({ search })).clients.map(({ name }) => name);
    expect(await find("ana_m")).toEqual(["Ana_Maria"]);
    expect(await find("100%")).toEqual(["100% Pão"]);
    expect(await find("%")).toEqual(["100% Pão"]);
  });
});
