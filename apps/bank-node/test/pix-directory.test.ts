import { afterAll, beforeAll, expect, test } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BanksInProcess,
} from "./banks-in-process.ts";

const IDS = ["azul", "verde", "violeta", "laranja", "rubi"] as const;
const PATIENCE_MS = 20_000;

let banks: BanksInProcess;
const accounts = new Map<string, string>();

beforeAll(async () => {
  banks = await startBanks(IDS);
  for (const id of IDS) accounts.set(id, await openAccountWith(banks.bank(id), 100_000));
}, 60_000);

afterAll(() => banks.stop());

function account(id: string): string {
  const number = accounts.get(id);
  if (number === undefined) throw new Error(`no account at ${id}`);
  return number;
}

function register(id: string, key?: string) {
  const input = { idempotencyKey: newKey(), account: account(id) };
  return banks.bank(id).staff.pix.registerKey(key === undefined ? input : { ...input, key });
}

/** Every bank's directory, as text that can be compared. */
async function directories(): Promise<string[]> {
  return Promise.all(
    IDS.map(async (id) => {
      const rows = await banks.bank(id).sql(
        `SELECT key, version, owner, transaction_id, cid FROM pix_key
            WHERE version > 0 ORDER BY key COLLATE "C"`,
      );
      return JSON.stringify(rows);
    }),
  );
}

async function digests(): Promise<string[]> {
  return Promise.all(
    IDS.map(async (id) =>
      JSON.stringify(await banks.bank(id).sql("SELECT * FROM pix_digest ORDER BY type")),
    ),
  );
}

/** Waits until all banks have the same entries and digests and nothing is pending. */
async function untilEqual(): Promise<void> {
  await expect
    .poll(
      async () => {
        const seen = [new Set(await directories()).size, new Set(await digests()).size];
        const pending = await Promise.all(
          IDS.map((id) => banks.bank(id).sql("SELECT FROM pix_key WHERE pending IS NOT NULL")),
        );
        return [...seen, pending.flat().length];
      },
      { timeout: PATIENCE_MS, interval: 100 },
    )
    .toEqual([1, 1, 0]);
}

test("a key is registered once in the consortium, removed, and free again", async () => {
  const { key } = await register("azul", "Fulano@Example.com");
  expect(key).toMatchObject({ key: "fulano@example.com", type: "EMAIL", account: account("azul") });
  await untilEqual();

  expect(await refusalOf(register("verde", "fulano@example.com"))).toEqual({
    code: "pix-key-of-other-person",
    details: { key: "fulano@example.com", owner: "azul" },
  });
  // The same wish again is not a second key.
  expect((await register("azul", "fulano@example.com")).key?.changedAt).toBe(key?.changedAt);

  const remove = { idempotencyKey: newKey(), key: "fulano@example.com" };
  expect(await refusalOf(banks.bank("verde").staff.pix.removeKey(remove))).toMatchObject({
    code: "pix-key-not-held",
  });
  await banks.bank("azul").staff.pix.removeKey({ ...remove, idempotencyKey: newKey() });
  // The answer tells the decision; verde may hear of it a moment later.
  await untilEqual();
  expect((await register("verde", "fulano@example.com")).key?.account).toBe(account("verde"));
  await untilEqual();
  expect((await banks.bank("azul").staff.pix.keys({})).keys).toEqual([]);
});

test("an account has five keys at most, and a CPF is its holder's alone", async () => {
  const fresh = await openAccountWith(banks.bank("rubi"), 0);
  const { staff } = banks.bank("rubi");
  const input = { idempotencyKey: newKey(), account: fresh };
  const { key } = await staff.pix.registerKey(input);
  expect(key?.type).toBe("EVP");
  expect((await staff.pix.registerKey(input)).key?.key).toBe(key?.key);
  for (let count = 1; count < 5; count += 1) {
    await staff.pix.registerKey({ idempotencyKey: newKey(), account: fresh });
  }
  expect(
    await refusalOf(staff.pix.registerKey({ idempotencyKey: newKey(), account: fresh })),
  ).toMatchObject({ code: "pix-key-limit", details: { most: 5 } });
  expect(await refusalOf(register("rubi", "390.533.447-05"))).toMatchObject({
    code: "pix-key-of-another",
  });
});

test("two banks that register a key at the same instant: exactly one wins", async () => {
  for (let race = 0; race < 6; race += 1) {
    const key = `corrida-${race}@example.com`;
    // New accounts each time: one that won five races has no room for a further key.
    const racers = await Promise.all(
      ["azul", "verde"].map(async (id) => ({
        staff: banks.bank(id).staff,
        input: { idempotencyKey: newKey(), account: await openAccountWith(banks.bank(id), 0), key },
      })),
    );
    const both = await Promise.allSettled(
      racers.map(({ staff, input }) => staff.pix.registerKey(input)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = both.flatMap((result) =>
      result.status === "rejected" ? [refusalOf(Promise.reject(result.reason))] : [],
    );
    // Told what to do: somebody else's e-mail is claimed.
    expect(await lost[0]).toMatchObject({ code: "pix-key-of-other-person" });
  }
  await untilEqual();
});

test("a bank that was cut off catches up by what the others can prove", async () => {
  banks.meddle(({ from, to }) => from !== "rubi" && to !== "rubi");
  await register("laranja", "+55 11 98765-4321");
  const [missing] = await banks
    .bank("rubi")
    .sql("SELECT FROM pix_key WHERE key = '+5511987654321'");
  expect(missing).toBeUndefined();
  expect(await refusalOf(register("rubi", "outro@example.com"))).toEqual({
    code: "pix-no-majority",
    details: { present: 1, members: 5 },
  });
  banks.heal();
  await untilEqual();
  const repaired = await banks
    .bank("rubi")
    .sql("SELECT details FROM audit_event WHERE action = 'pix.directory-repaired'");
  expect(JSON.stringify(repaired)).toContain("***4321");
});

test("many races with banks cut off at random leave the directories equal and unique", async () => {
  let cut = new Set<string>();
  banks.meddle(({ from, to }) => !cut.has(from) && !cut.has(to) && Math.random() > 0.05);
  for (let race = 0; race < 4; race += 1) {
    cut = new Set(IDS.filter(() => Math.random() < 0.2));
    const racers = IDS.filter(() => Math.random() < 0.6);
    await Promise.allSettled(racers.map((id) => register(id, `acaso-${race}@example.com`)));
  }
  cut = new Set();
  banks.heal();
  await untilEqual();
  banks.takeErrors();
}, 90_000);

test("a key is paid where it points, by an end-to-end id fixed before the first message", async () => {
  const [payer, payee] = [banks.bank("azul"), banks.bank("violeta")];
  await register("violeta", "padaria@example.com");
  const asked = { fromAccount: account("azul"), key: "padaria@example.com" };
  const { payee: shown } = await payer.staff.pix.resolveKey(asked);
  expect(shown).toMatchObject({ bank: "violeta", isFirstPayment: true });
  expect(shown.taxIdMasked).toMatch(/^\*{3}\.\d{3}\.\d{3}-\*\*$/);

  const before = await balanceOf(payee, account("violeta"));
  const order = { ...asked, idempotencyKey: newKey(), amountCentavos: 12_34, description: "pão" };
  const { pix } = await payer.staff.pix.send(order);
  expect(pix).toMatchObject({ state: "committed", key: "padaria@example.com", refusal: null });
  expect(pix.endToEndId).toMatch(/^E[0-9A-Z]{8}\d{12}[0-9A-Za-z]{11}$/);
  expect((await payer.staff.pix.send(order)).pix).toEqual(pix);
  await expect
    .poll(() => balanceOf(payee, account("violeta")), { timeout: PATIENCE_MS })
    .toBe(before + 12_34);
  const { endToEndId } = pix;
  expect((await payee.staff.pix.payments({ endToEndId })).payments).toMatchObject([
    { direction: "received", amountCentavos: 12_34, description: "pão" },
  ]);
  expect((await payer.staff.pix.payments({ endToEndId })).payments).toMatchObject([
    { direction: "sent", payee: { bank: "violeta" } },
  ]);
  const receipt = await payer.staff.reports.file({
    report: { kind: "pix", endToEndId },
    format: "pdf",
  });
  expect(Buffer.from(receipt.content, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  // The code's thousand squares are in it.
  expect(receipt.content.length).toBeGreaterThan(8_000);
  expect((await payer.staff.pix.resolveKey(asked)).payee.isFirstPayment).toBe(false);
  expect(await refusalOf(payer.staff.pix.send({ ...order, amountCentavos: 99 }))).toMatchObject({
    code: "idempotency-conflict",
    details: { differsIn: "amountCentavos" },
  });
});

test("a stale copy of the directory never misdirects money", async () => {
  const [payer, payee] = [banks.bank("azul"), banks.bank("violeta")];
  await register("violeta", "velha@example.com");
  // Azul hears nothing of the removal.
  banks.meddle(({ from, to }) => from !== "azul" && to !== "azul");
  await payee.staff.pix.removeKey({ idempotencyKey: newKey(), key: "velha@example.com" });
  banks.meddle(({ procedure }) => procedure !== "commit.pixDirectory");
  const { pix } = await payer.staff.pix.send({
    idempotencyKey: newKey(),
    fromAccount: account("azul"),
    key: "velha@example.com",
    amountCentavos: 100,
  });
  expect(pix).toMatchObject({ state: "aborted", refusal: { code: "pix-key-changed" } });
  banks.heal();
  await untilEqual();
  expect(
    await refusalOf(
      payer.staff.pix.resolveKey({ fromAccount: account("azul"), key: "velha@example.com" }),
    ),
  ).toMatchObject({ code: "pix-key-unknown" });
});

test("registrations at the same moment count one another: an account never has a sixth key", async () => {
  const laranja = banks.bank("laranja");
  const { staff } = laranja;
  const fresh = await openAccountWith(laranja, 0);
  const wish = () => staff.pix.registerKey({ idempotencyKey: newKey(), account: fresh });
  for (let count = 0; count < 3; count += 1) await wish();
  const races = await Promise.allSettled(Array.from({ length: 8 }, wish));
  expect(races.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  const refused = races.flatMap((race) =>
    race.status === "rejected" ? [refusalOf(Promise.reject(race.reason as Error))] : [],
  );
  for (const refusal of await Promise.all(refused)) {
    expect(refusal).toMatchObject({ code: "pix-key-limit", details: { account: fresh, most: 5 } });
  }
  expect((await staff.pix.keys({ account: fresh })).keys).toHaveLength(5);
  await untilEqual();
  expect(await laranja.sql("SELECT FROM pix_key WHERE pending_account IS NOT NULL")).toEqual([]);

  // A key that went makes room, and one that is moved here needs it.
  const { keys } = await staff.pix.keys({ account: fresh });
  await staff.pix.removeKey({ idempotencyKey: newKey(), key: keys[0]?.key ?? "" });
  await wish();
  expect(await refusalOf(wish())).toMatchObject({ code: "pix-key-limit" });
});

test("lookups are rationed for each account by kind of key, and given back by paying", async () => {
  const { staff } = banks.bank("azul");
  await register("violeta", "achada@example.com");
  await register("violeta", "+55 21 98765-4321");
  const rules = { lookupsOfIndividual: 4, lookupMissCost: 3, lookupsPerMinute: 1 };
  await staff.pix.setRules({ idempotencyKey: newKey(), rules });
  const fromAccount = await openAccountWith(banks.bank("azul"), 1_000);
  const look = (key: string) => staff.pix.resolveKey({ fromAccount, key });
  expect((await look("achada@example.com")).payee.bank).toBe("violeta");
  expect(await refusalOf(look("ninguem@example.com"))).toMatchObject({ code: "pix-key-unknown" });
  expect(await refusalOf(look("achada@example.com"))).toEqual({
    code: "pix-lookups-exhausted",
    details: { account: fromAccount },
  });
  // Phones are of the same bucket, documents and accounts of others.
  expect(await refusalOf(look("+5521987654321"))).toMatchObject({ code: "pix-lookups-exhausted" });
  expect(await refusalOf(look("52998224725"))).toMatchObject({ code: "pix-key-unknown" });
  const there = { bank: "violeta", account: account("violeta") };
  const order = { fromAccount, account: there };
  const pay = () => staff.pix.send({ ...order, idempotencyKey: newKey(), amountCentavos: 1 });
  // Each lookup is paid for by a payment: more of them than the bucket holds.
  for (let times = 0; times < 6; times += 1) expect((await pay()).pix.state).toBe("committed");
  const guess = (number: string) =>
    staff.pix.confirm({ fromAccount, account: { bank: "violeta", account: number } });
  expect(await refusalOf(guess("99999-9"))).toMatchObject({ code: "account-not-found" });
  expect((await staff.pix.confirm(order)).payee.bank).toBe("violeta");
  expect(await refusalOf(guess("99998-9"))).toMatchObject({ code: "pix-lookups-exhausted" });
});

test("a whole bank is rationed, by itself and by the banks that it asks", async () => {
  const { staff } = banks.bank("azul");
  const usual = { lookupsOfIndividual: 100, lookupMissCost: 20, lookupsPerMinute: 2 };
  const fresh = async () => openAccountWith(banks.bank("azul"), 0);
  const few = { lookupsOfBank: 1, lookupsOfBankPerMinute: 1 };
  const many = { lookupsOfBank: 5_000, lookupsOfBankPerMinute: 2_500 };
  const at = (id: string, rules: object) =>
    banks.bank(id).staff.pix.setRules({ idempotencyKey: newKey(), rules });
  await at("azul", { ...usual, ...few });
  const guess = async (key: string) =>
    refusalOf(staff.pix.resolveKey({ fromAccount: await fresh(), key }));
  const ofAzul = { code: "pix-lookups-of-bank-exhausted", details: { bank: "azul" } };
  const codes = [await guess("um@example.com"), await guess("dois@example.com")];
  expect(codes.at(-1)).toEqual(ofAzul);

  // Its own staff unrationed, the bank still does not get more out of another one.
  await at("azul", many);
  await banks.bank("azul").sql("DELETE FROM pix_lookup");
  await at("verde", few);
  await guess("tres@example.com");
  expect(await guess("quatro@example.com")).toEqual(ofAzul);
  await at("verde", many);
  await banks.bank("verde").sql("DELETE FROM pix_lookup");
  expect(await guess("cinco@example.com")).toMatchObject({ code: "pix-key-unknown" });
});
