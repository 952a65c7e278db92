import { refusalSentence } from "@pacto/contract";
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

/** A decision reaches the other bank after its coordinator has answered. */
const WHEN_SETTLED = { timeout: 10_000 };

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

describe("an account for which both holders sign", () => {
  async function joint(centavos: number) {
    const holders = [await newClient(azul), await newClient(azul)] as const;
    const { account } = await azul.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "joint",
      holders: [...holders],
      signing: "both",
      openingDepositCentavos: centavos,
    });
    return { number: account.number, holders };
  }

  it("pays only once the other holder has confirmed, and once however often that is said", async () => {
    const { number, holders } = await joint(9_000);
    expect((await refusalOf(withdraw(number, 100))).code).toBe("second-signature-needed");
    const { debit } = await azul.staff.debits.ask({
      idempotencyKey: newKey(),
      number,
      askedBy: holders[0],
      request: { kind: "withdrawal", cash: { number, amountCentavos: 100, description: "" } },
    });
    const sign = (signedBy: string) =>
      azul.staff.debits.sign({ idempotencyKey: newKey(), id: debit.id, signedBy });
    expect((await refusalOf(sign(holders[0]))).code).toBe("same-holder");
    expect((await refusalOf(sign(await newClient(azul)))).code).toBe("not-a-holder");
    const [one, other] = await Promise.all([sign(holders[1]), sign(holders[1])]);
    expect(one.cash?.postingId).toBe(other.cash?.postingId);
    expect(await balanceOf(azul, number)).toBe(8_900);
  });

  it("sends money to another bank by the same way, and to no bank without it", async () => {
    const { number, holders } = await joint(9_000);
    const to = await openAccountWith(verde, 0);
    const transfer = {
      from: [{ bank: "azul", account: number, amountCentavos: 400 }],
      to: [{ bank: "verde", account: to, amountCentavos: 400 }],
      purpose: "aluguel",
      waitMs: 5_000,
    };
    for (const bank of [azul, verde]) {
      const refused = await bank.staff.transfers.create({ idempotencyKey: newKey(), ...transfer });
      expect(refused.transfer).toMatchObject({
        state: "aborted",
        refusal: { code: "second-signature-needed" },
      });
    }
    const { debit } = await azul.staff.debits.ask({
      idempotencyKey: newKey(),
      number,
      askedBy: holders[1],
      request: { kind: "transfer", transfer },
    });
    const signed = await azul.staff.debits.sign({
      idempotencyKey: newKey(),
      id: debit.id,
      signedBy: holders[0],
    });
    expect(signed.transfer?.state).toBe("committed");
    await expect.poll(() => balanceOf(verde, to), WHEN_SETTLED).toBe(400);
  });
});

describe("a drawer", () => {
  const teller = (id: string) =>
    azul.as({ kind: "staff", id, name: id, homeBank: "azul", roles: ["teller"] });
  const cash = (number: string, amountCentavos: number) => ({
    idempotencyKey: newKey(),
    number,
    amountCentavos,
  });

  it("lesson 34: is opened from the vault, used by its teller alone, and closed by a blind count", async () => {
    const number = await openAccountWith(azul, 50_000);
    const supply = { idempotencyKey: newKey(), direction: "in", reason: "carro-forte" } as const;
    await azul.staff.cash.moveVault({ ...supply, amountCentavos: 100_000 });
    const [ana, bia] = [teller("ana"), teller("bia")];
    const open = (who: typeof ana) =>
      who.cash.openDrawer({ idempotencyKey: newKey(), floatCentavos: 20_000 });
    expect((await open(ana)).drawer).toMatchObject({ isOpen: true, openingCentavos: 20_000 });
    expect((await refusalOf(open(ana))).code).toBe("drawer-open");
    expect(await refusalOf(ana.cash.withdraw(cash(number, 20_001)))).toEqual({
      code: "drawer-short",
      details: {},
    });
    await ana.cash.withdraw(cash(number, 12_000));
    await ana.cash.deposit(cash(number, 2_000));
    const handOver = () =>
      ana.cash.handOver({ idempotencyKey: newKey(), to: "azul/bia", amountCentavos: 1_000 });
    expect((await refusalOf(handOver())).code).toBe("receiving-drawer-not-open");
    await open(bia);
    await handOver();
    expect(await refusalOf(ana.cash.drawers({}))).toMatchObject({ code: "not-allowed" });
    // 200.00 − 120.00 + 20.00 − 10.00 should lie there; it is 1.50 short.
    const count = [
      { valueCentavos: 5_000, pieces: 1 },
      { valueCentavos: 1_000, pieces: 3 },
      { valueCentavos: 50, pieces: 17 },
    ] as const;
    const { session } = await ana.cash.closeDrawer({ idempotencyKey: newKey(), count: [...count] });
    expect(session).toMatchObject({
      expectedCentavos: 9_000,
      countedCentavos: 8_850,
      differenceCentavos: -150,
    });
    const { movements } = await ana.cash.movements({});
    expect(movements.map(({ kind, amountCentavos }) => [kind, amountCentavos])).toEqual([
      ["drawer-close", -8_850],
      ["over-short", -150],
      ["hand-over", -1_000],
      ["deposit", 2_000],
      ["withdrawal", -12_000],
      ["drawer-float", 20_000],
    ]);
    expect(movements[2]).toMatchObject({ teller: "azul/bia", number: null });
    expect(movements[3]).toMatchObject({ teller: null, number });
    const anas = bia.cash.movements({ session: session.id });
    expect((await refusalOf(anas)).code).toBe("not-allowed");
    const [short] = await azul.sql("SELECT ledger FROM account WHERE number = 'over-short'");
    expect(short).toEqual({ ledger: "-150" });
    const left = await azul.sql("SELECT ledger FROM account WHERE number = 'drawer:azul/ana'");
    expect(left).toEqual([{ ledger: "0" }]);
  });

  it("is needed for cash where the bank demands one", async () => {
    const number = await openAccountWith(azul, 1_000);
    const rules = (drawersRequired: boolean, withdrawalMaxCentavos: number | null) =>
      azul.staff.cash.setRules({
        idempotencyKey: newKey(),
        drawersRequired,
        withdrawalMaxCentavos,
      });
    await rules(true, 500);
    const caio = teller("caio");
    expect((await refusalOf(caio.cash.deposit(cash(number, 10)))).code).toBe("drawer-not-open");
    await caio.cash.openDrawer({ idempotencyKey: newKey(), floatCentavos: 0 });
    await caio.cash.deposit(cash(number, 900));
    expect((await refusalOf(caio.cash.withdraw(cash(number, 501)))).code).toBe(
      "withdrawal-too-large",
    );
    await rules(false, null);
  });

  it("lesson 27: gives a receipt, and takes a wrong operation back once, by a linked posting", async () => {
    const number = await openAccountWith(azul, 0);
    const { postingId } = await azul.staff.cash.deposit(cash(number, 700));
    const reverse = () =>
      azul.staff.cash.reverse({ idempotencyKey: newKey(), postingId, reason: "conta errada" });
    const [first, second] = await Promise.allSettled([reverse(), reverse()]);
    expect([first.status, second.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await refusalOf(reverse())).code).toBe("already-reversed");
    const receipt = await azul.staff.cash.receipt({ postingId });
    expect(receipt).toMatchObject({ kind: "deposit", number, amountCentavos: 700 });
    expect(receipt.reversedBy).not.toBeNull();
    expect(await balanceOf(azul, number)).toBe(0);
  });
});

describe("limits", () => {
  const terms = (
    perTransactionCentavos: number | null,
    perDayCentavos: number | null,
    perNightCentavos: number | null,
  ) => ({ perTransactionCentavos, perDayCentavos, perNightCentavos });
  const transfer = (account: string, to: string, amountCentavos: number, by = azul) =>
    by.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "azul", account, amountCentavos }],
      to: [{ bank: "verde", account: to, amountCentavos }],
    });

  it("are reserved with the hold, at whichever bank a transfer begins, and given back on abort", async () => {
    const number = await openAccountWith(azul, 100_000);
    const [to, full] = [
      await openAccountWith(verde, 0),
      await openAccountWith(verde, 0, { ceilingCentavos: 1 }),
    ];
    const owner = { account: number };
    const set = await azul.staff.limits.set({
      idempotencyKey: newKey(),
      owner,
      terms: terms(5_000, 8_000, 8_000),
    });
    expect(set.limits.next).toBeNull();
    expect((await transfer(number, full, 4_000)).transfer.state).toBe("aborted");
    expect((await azul.staff.limits.get({ owner })).limits.usedCentavos).toBe(0);
    expect((await transfer(number, to, 5_001, verde)).transfer.refusal).toMatchObject({
      code: "limit-exceeded",
      details: { period: "transaction", limitCentavos: 5_000 },
    });
    expect((await transfer(number, to, 5_000, verde)).transfer.state).toBe("committed");
    await withdraw(number, 2_000);
    expect(await refusalOf(withdraw(number, 1_001))).toMatchObject({
      code: "limit-exceeded",
      details: { leftCentavos: 1_000 },
    });
    const preview = await azul.staff.transfers.preview({
      from: [{ bank: "azul", account: number, amountCentavos: 1_001 }],
      to: [{ bank: "verde", account: to, amountCentavos: 1_001 }],
    });
    expect(preview.lines[0]?.refusal?.code).toBe("limit-exceeded");
  });

  it("of a client bind all of the client's accounts together, however many debits meet", async () => {
    const holder = await newClient(azul);
    const open = async () =>
      (
        await azul.staff.accounts.open({
          idempotencyKey: newKey(),
          kind: "checking",
          holders: [holder],
          openingDepositCentavos: 10_000,
        })
      ).account.number;
    const numbers = [await open(), await open()];
    await azul.staff.limits.set({
      idempotencyKey: newKey(),
      owner: { client: holder },
      terms: terms(null, 1_000, 1_000),
    });
    const tries = Array.from({ length: 12 }, (_, at) => withdraw(numbers[at % 2] ?? "", 300));
    const done = (await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled");
    expect(done).toHaveLength(3);
  });

  it("are lowered at once and raised after a day", async () => {
    const number = await openAccountWith(azul, 10_000);
    const owner = { account: number };
    const set = (of: ReturnType<typeof terms>) =>
      azul.staff.limits.set({ idempotencyKey: newKey(), owner, terms: of });
    await set(terms(100, null, null));
    const { limits } = await set(terms(500, 900, null));
    expect(limits.terms).toEqual(terms(100, 900, null));
    expect(Date.parse(limits.next?.at ?? "") - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect((await refusalOf(withdraw(number, 101))).code).toBe("limit-exceeded");
    await azul.sql("UPDATE spending_limit SET next_at = now() WHERE next_at IS NOT NULL");
    await withdraw(number, 500);
  });
});

describe("a reversal", () => {
  it("lesson 27: of a transfer is one linked transfer back, however often it is asked for", async () => {
    const [from, to] = [await openAccountWith(azul, 5_000), await openAccountWith(verde, 0)];
    const { transfer } = await azul.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "azul", account: from, amountCentavos: 5_000 }],
      to: [{ bank: "verde", account: to, amountCentavos: 5_000 }],
    });
    const reverse = (id = transfer.id) =>
      azul.staff.transfers.reverse({ idempotencyKey: newKey(), id, reason: "conta errada" });
    await expect.poll(() => balanceOf(verde, to), WHEN_SETTLED).toBe(5_000);
    await verde.staff.accounts.block({ ...because(to), what: "debits" });
    expect((await reverse()).transfer.state).toBe("aborted");
    await verde.staff.accounts.unblock(because(to));
    const made = await Promise.all([reverse(), reverse(), reverse()]);
    expect(new Set(made.map(({ transfer: { id } }) => id)).size).toBe(1);
    await expect.poll(() => balanceOf(azul, from), WHEN_SETTLED).toBe(5_000);
    await expect.poll(() => balanceOf(verde, to), WHEN_SETTLED).toBe(0);
    expect((await refusalOf(reverse(made[0]?.transfer.id))).code).toBe("already-reversed");
  });
});

describe("the auditor's lists", () => {
  it("show all holders and every entry, filtered, page by page, and to nobody else", async () => {
    const holder = await newClient(azul);
    const { account } = await azul.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "savings",
      holders: [holder],
      openingDepositCentavos: 900,
    });
    const { number } = account;
    await azul.staff.clients.update({
      idempotencyKey: newKey(),
      id: holder,
      version: 1,
      name: "=HYPERLINK(1)",
    });
    await withdraw(number, 250);
    const auditor = azul.as({
      kind: "staff",
      id: "audit",
      name: "Audit",
      homeBank: "azul",
      roles: ["auditor"],
    });
    const teller = azul.as({
      kind: "staff",
      id: "t",
      name: "T",
      homeBank: "azul",
      roles: ["teller"],
    });
    expect((await refusalOf(teller.listings.holders({}))).code).toBe("not-allowed");
    expect((await refusalOf(teller.listings.history({}))).code).toBe("not-allowed");
    const one = await auditor.listings.holders({ search: number, kind: "savings" });
    expect(one.holders).toMatchObject([{ number, ledgerCentavos: 650 }]);
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await auditor.listings.history({ number, limit: 1, cursor });
      seen.push(...page.entries.map(({ kind, amountCentavos }) => [kind, amountCentavos]));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([
      ["withdrawal", -250],
      ["opening", 900],
    ]);
    const filtered = await auditor.listings.history({ number, minimumCentavos: 500 });
    expect(filtered.entries).toHaveLength(1);
    const file = await auditor.listings.exportHolders({ search: number });
    expect(file).toMatchObject({ lines: 1, isComplete: true });
    expect(file.csv).toContain("'=HYPERLINK(1)");
    const all = (await auditor.listings.exportHistory({})).csv.trim().split("\n");
    expect(all.length).toBeGreaterThan(10);
  });
});

it("answers every error of the older systems' users by code and sentence", async () => {
  const holder = await newClient(azul);
  const number = await openAccountWith(azul, 1_000);
  const open = (chosen: string) =>
    azul.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "checking",
      holders: [holder],
      number: chosen,
    });
  const deposit = (to: string, amountCentavos: number) =>
    azul.staff.cash.deposit({ idempotencyKey: newKey(), number: to, amountCentavos });
  const side = { bank: "azul", account: number, amountCentavos: 1 };
  const bySomebody = { idempotencyKey: newKey(), number, amountCentavos: 1, askedBy: holder };
  await azul.staff.limits.set({
    idempotencyKey: newKey(),
    owner: { account: number },
    terms: { perTransactionCentavos: 5_000, perDayCentavos: null, perNightCentavos: null },
  });
  const overdrawn = { idempotencyKey: newKey(), number, reason: "teste", overdraftCentavos: 9_000 };
  const cases: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ["duplicate account", () => open(number), "account-number-taken"],
    ["account not found", () => deposit("99999-0", 1), "account-not-found"],
    ["negative amount", () => deposit(number, -1), "invalid-input"],
    ["zero amount", () => deposit(number, 0), "invalid-input"],
    ["fractional centavo", () => deposit(number, 0.5), "invalid-input"],
    ["huge amount", () => deposit(number, 2 ** 53), "invalid-input"],
    ["insufficient funds", () => withdraw(number, 1_001), "insufficient-funds"],
    ["not a holder", () => azul.staff.cash.withdraw(bySomebody), "not-a-holder"],
    [
      "same account on both sides",
      () => azul.staff.transfers.create({ idempotencyKey: newKey(), from: [side], to: [side] }),
      "same-account-both-sides",
    ],
    [
      "limit exceeded",
      async () => {
        await azul.staff.accounts.changeTerms(overdrawn);
        return withdraw(number, 5_001);
      },
      "limit-exceeded",
    ],
  ];
  for (const [what, call, code] of cases) {
    const refusal = await refusalOf(call());
    expect([what, refusal.code]).toEqual([what, code]);
    for (const locale of ["pt-BR", "en"] as const) {
      const sentence = refusalSentence(refusal, locale);
      expect(sentence, what).toMatch(/^\S.{20,}[.?]$/u);
      expect(sentence, what).not.toMatch(/undefined|\{/u);
    }
    if (code === "insufficient-funds") {
      expect(refusalSentence(refusal, "en")).toContain("R$\u00a010.00 is available");
    }
  }
});
