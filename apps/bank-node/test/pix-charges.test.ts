import { addDays, parseBrCode, saoPauloDate } from "@pacto/banking";
import { importPublicKey } from "@pacto/contract/signing";
import { compactVerify, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chargePayload } from "../src/pix/charges/payload.ts";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BanksInProcess,
} from "./banks-in-process.ts";

const IDS = ["azul", "verde", "violeta", "laranja"] as const;
const PATIENCE_MS = 20_000;
const KEY = "loja@example.com";

let banks: BanksInProcess;
let shop: string;
const payers = new Map<string, string>();

beforeAll(async () => {
  banks = await startBanks(IDS);
  shop = await openAccountWith(banks.bank("violeta"), 0);
  for (const id of IDS) payers.set(id, await openAccountWith(banks.bank(id), 10_000_00));
  await banks.bank("violeta").staff.pix.registerKey({
    idempotencyKey: newKey(),
    account: shop,
    key: KEY,
  });
}, 60_000);

afterAll(() => banks.stop());

function payer(id: string): string {
  const account = payers.get(id);
  if (account === undefined) throw new Error(`no payer at ${id}`);
  return account;
}

async function charge(centavos: number, more: { isAmountOpen?: boolean } = {}) {
  const { charge: made } = await banks.bank("violeta").staff.pix.charges.create({
    idempotencyKey: newKey(),
    key: KEY,
    terms: { kind: "immediate", amountCentavos: centavos, request: "Pedido 7", ...more },
  });
  return made;
}

function pay(id: string, code: string, more: object = {}) {
  const order = { idempotencyKey: newKey(), fromAccount: payer(id), code, ...more };
  return banks.bank(id).staff.pix.send(order);
}

async function get(txid: string) {
  return (await banks.bank("violeta").staff.pix.charges.get({ txid })).charge;
}

test("a charge is made once for its key, and its code leads to a payload that the bank signed", async () => {
  const { staff, node } = banks.bank("violeta");
  const asked = {
    idempotencyKey: newKey(),
    txid: "a".repeat(30),
    key: KEY,
    terms: { kind: "immediate", amountCentavos: 12_50, expiresInS: 3_600 },
  } as const;
  const { charge: made } = await staff.pix.charges.create(asked);
  expect(made).toMatchObject({ status: "ATIVA", revision: 0, account: shop, isPayable: true });
  expect((await staff.pix.charges.create(asked)).charge).toEqual(made);
  expect(
    await refusalOf(staff.pix.charges.create({ ...asked, idempotencyKey: newKey() })),
  ).toMatchObject({ code: "pix-charge-taken" });

  expect(parseBrCode(made.brCode).brCode).toMatchObject({
    kind: "dynamic",
    url: made.location.url,
    pointOfInitiation: "12",
  });
  const token = made.location.url.split("/").at(-1) ?? "";
  const jws = (await chargePayload(node.bank, token)) ?? "";
  const member = banks.manifest.members.find(({ id }) => id === "violeta");
  expect(decodeProtectedHeader(jws).kid).toBe(member?.publicKeys[0]?.keyId);
  const key = importPublicKey(member?.publicKeys[0]?.publicKey ?? "");
  const { payload } = await compactVerify(jws, key);
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
    txid: made.txid,
    status: "ATIVA",
    chave: KEY,
    valor: { original: "12.50", modalidadeAlteracao: 0 },
    calendario: { expiracao: 3_600 },
  });
});

test("the payer's teller sees who asks for what before paying, and the receiver sees it paid", async () => {
  const { txid, brCode } = await charge(30_00);
  const asked = { fromAccount: payer("verde"), code: brCode };
  const shown = await banks.bank("verde").staff.pix.confirm(asked);
  expect(shown).toMatchObject({
    payee: { bank: "violeta", account: shop, isFirstPayment: true },
    amountCentavos: 30_00,
    isAmountOpen: false,
    txid,
    charge: { txid, request: "Pedido 7", kind: "immediate" },
  });
  const before = await balanceOf(banks.bank("violeta"), shop);
  const order = { idempotencyKey: newKey(), fromAccount: payer("verde"), code: brCode };
  const { pix } = await banks.bank("verde").staff.pix.send(order);
  expect(pix).toMatchObject({ state: "committed", txid, amountCentavos: 30_00 });
  await expect
    .poll(async () => (await get(txid)).status, { timeout: PATIENCE_MS })
    .toBe("CONCLUIDA");
  expect(await get(txid)).toMatchObject({
    isPayable: false,
    payment: { endToEndId: pix.endToEndId, amountCentavos: 30_00 },
  });
  expect(await balanceOf(banks.bank("violeta"), shop)).toBe(before + 30_00);
  // Asked again with the same key it is the same payment, though the charge is paid.
  expect((await banks.bank("verde").staff.pix.send(order)).pix).toEqual(pix);
  expect(await refusalOf(pay("azul", brCode))).toMatchObject({ code: "pix-charge-closed" });
});

test("twenty payers at different banks race for one charge: one pays, nineteen move nothing", async () => {
  const before = await balanceOf(banks.bank("violeta"), shop);
  const spent = async () => Promise.all(IDS.map((id) => balanceOf(banks.bank(id), payer(id))));
  const had = await spent();
  const { txid, brCode } = await charge(77_00);
  const races = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) => pay(IDS[at % IDS.length] ?? "azul", brCode)),
  );
  const sent = races.flatMap((race) => (race.status === "fulfilled" ? [race.value.pix] : []));
  expect(sent.filter(({ state }) => state === "committed")).toHaveLength(1);
  const refusals = sent.flatMap(({ refusal }) => (refusal === null ? [] : [refusal.code]));
  const early = await Promise.all(
    races.flatMap((race) =>
      race.status === "rejected" ? [refusalOf(Promise.reject(race.reason as Error))] : [],
    ),
  );
  const all = [...refusals, ...early.map(({ code }) => code)];
  expect(all).toHaveLength(19);
  expect(all.every((code) => code === "pix-charge-busy" || code === "pix-charge-closed")).toBe(
    true,
  );
  await expect
    .poll(async () => (await get(txid)).status, { timeout: PATIENCE_MS })
    .toBe("CONCLUIDA");
  expect(await balanceOf(banks.bank("violeta"), shop)).toBe(before + 77_00);
  const left = await spent();
  expect(had.reduce((sum, one) => sum + one, 0) - left.reduce((sum, one) => sum + one, 0)).toBe(
    77_00,
  );
});

test("a payment that another bank refuses leaves the charge open for somebody else", async () => {
  const { txid, brCode } = await charge(50_000_00);
  const poor = await pay("verde", brCode);
  expect(poor.pix).toMatchObject({ state: "aborted", refusal: { code: "insufficient-funds" } });
  await expect.poll(async () => (await get(txid)).isPayable, { timeout: PATIENCE_MS }).toBe(true);
  const { pix } = await pay("verde", brCode, {
    amountCentavos: 10_00,
    alsoFrom: [{ bank: "azul", account: payer("azul"), amountCentavos: 49_990_00 }],
  });
  expect(pix.state).toBe("aborted");
  await expect.poll(async () => (await get(txid)).isPayable, { timeout: PATIENCE_MS }).toBe(true);
});

test("several payers pay one charge together, all or nothing", async () => {
  const { txid, brCode } = await charge(100_01);
  const { pix } = await pay("azul", brCode, {
    alsoFrom: [
      { bank: "verde", account: payer("verde"), amountCentavos: 33_33 },
      { bank: "laranja", account: payer("laranja"), amountCentavos: 33_34 },
    ],
  });
  expect(pix).toMatchObject({ state: "committed", amountCentavos: 100_01 });
  await expect
    .poll(async () => (await get(txid)).payment?.amountCentavos, { timeout: PATIENCE_MS })
    .toBe(100_01);
});

test("the amount is the charge's, unless it lets the payer choose", async () => {
  const fixed = await charge(10_00);
  expect(await refusalOf(pay("azul", fixed.brCode, { amountCentavos: 9_00 }))).toEqual({
    code: "pix-code-amount",
    details: { dueCentavos: 10_00 },
  });
  const open = await charge(10_00, { isAmountOpen: true });
  const { pix } = await pay("violeta", open.brCode, { amountCentavos: 15_00 });
  expect(pix).toMatchObject({ state: "committed", amountCentavos: 15_00 });
  expect(await get(open.txid)).toMatchObject({
    status: "CONCLUIDA",
    payment: { amountCentavos: 15_00 },
  });
});

test("terms are changed by revision, and earlier ones stay readable", async () => {
  const { staff } = banks.bank("violeta");
  const { txid, brCode } = await charge(20_00);
  const terms = { kind: "immediate", amountCentavos: 21_00 } as const;
  const changed = await staff.pix.charges.change({ idempotencyKey: newKey(), txid, terms });
  expect(changed.charge).toMatchObject({ revision: 1, due: { finalCentavos: 21_00 }, brCode });
  const { charge: first } = await staff.pix.charges.get({ txid, revision: 0 });
  expect(first).toMatchObject({ revision: 0, terms: { amountCentavos: 20_00 } });
  // Who confirmed the first revision's amount does not pay the second's.
  expect(await refusalOf(pay("verde", brCode, { amountCentavos: 20_00 }))).toMatchObject({
    code: "pix-code-amount",
  });
  await staff.pix.charges.remove({ idempotencyKey: newKey(), txid });
  expect((await get(txid)).status).toBe("REMOVIDA_PELO_USUARIO_RECEBEDOR");
  expect(await refusalOf(pay("verde", brCode))).toMatchObject({ code: "pix-charge-closed" });
  expect(
    await refusalOf(staff.pix.charges.change({ idempotencyKey: newKey(), txid, terms })),
  ).toMatchObject({ code: "pix-charge-closed" });
});

test("a charge with due date costs more when it is late, and nothing once its time is over", async () => {
  const { staff, ...receiver } = banks.bank("violeta");
  const today = saoPauloDate(new Date());
  const terms = {
    kind: "due" as const,
    amountCentavos: 1_000_00,
    dueOn: addDays(today, 40),
    fine: { modality: 2 as const, value: 2_00 },
    discount: { modality: 1 as const, until: [{ date: addDays(today, 35), value: 100_00 }] },
  };
  const input = { idempotencyKey: newKey(), key: KEY, terms };
  const { charge: made } = await staff.pix.charges.create(input);
  expect(made.due).toMatchObject({ discountCentavos: 100_00, finalCentavos: 900_00 });
  const { txid, brCode } = made;
  const setDue = (days: number) =>
    receiver.sql(
      "UPDATE pix_charge SET terms = terms || jsonb_build_object('dueOn', $2::text) WHERE txid = $1",
      [txid, addDays(today, days)],
    );
  await setDue(-10);
  expect((await get(txid)).due).toMatchObject({ fineCentavos: 20_00, finalCentavos: 1_020_00 });
  expect(
    await banks.bank("verde").staff.pix.confirm({ fromAccount: payer("verde"), code: brCode }),
  ).toMatchObject({ amountCentavos: 1_020_00, charge: { due: { fineCentavos: 20_00 } } });
  await receiver.sql("UPDATE pix_charge SET expires_at = now() WHERE txid = $1", [txid]);
  expect(await refusalOf(pay("verde", brCode))).toMatchObject({ code: "pix-charge-expired" });
  const late = { ...terms, discount: null, dueOn: addDays(today, -1) };
  expect(
    await refusalOf(staff.pix.charges.create({ idempotencyKey: newKey(), key: KEY, terms: late })),
  ).toMatchObject({ code: "pix-charge-terms", details: { fault: "due-in-the-past" } });
});

test("charges are listed by what was asked, newest first, with their number", async () => {
  const { staff } = banks.bank("violeta");
  const page = await staff.pix.charges.list({ status: "CONCLUIDA", limit: 2 });
  expect(page.charges).toHaveLength(2);
  expect(page.total).toBeGreaterThan(2);
  const next = await staff.pix.charges.list({
    status: "CONCLUIDA",
    limit: 100,
    cursor: page.nextCursor ?? undefined,
  });
  expect(next.charges).toHaveLength(page.total - 2);
});

test("a code of nobody here, of no payment or of no sense is refused in its own words", async () => {
  const { txid: _, brCode } = await charge(1_00);
  const elsewhere =
    "00020101021226700014br.gov.bcb.pix2548pix.example.com/8b3da2f39a4140d1a91abd93113bd4415204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***630464E4";
  expect(await refusalOf(pay("azul", elsewhere))).toMatchObject({ code: "pix-code-elsewhere" });
  expect(await refusalOf(pay("azul", `${brCode.slice(0, -4)}0000`))).toEqual({
    code: "pix-code-unreadable",
    details: { rule: "crc" },
  });
  const recurrence =
    "00020126180014br.gov.bcb.pix5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***80740014br.gov.bcb.pix2552pix.example.com/rec/2353c790eefb11eaadc10242ac1200026304F2DA";
  expect(await refusalOf(pay("azul", recurrence))).toMatchObject({
    code: "pix-code-without-payment",
  });
});

test("an account is paid by bank, agency and number, its holder confirmed first", async () => {
  const account = { bank: "laranja", agency: "0001", account: payer("laranja") };
  const shown = await banks.bank("azul").staff.pix.confirm({ fromAccount: payer("azul"), account });
  expect(shown.payee).toMatchObject({ bank: "laranja", key: null, type: null });
  const order = { idempotencyKey: newKey(), fromAccount: payer("azul"), account };
  expect(await refusalOf(banks.bank("azul").staff.pix.send(order))).toMatchObject({
    code: "pix-amount-missing",
  });
  const { pix } = await banks.bank("azul").staff.pix.send({ ...order, amountCentavos: 5_00 });
  expect(pix).toMatchObject({ state: "committed", key: null, to: { bank: "laranja" } });
  const wrong = { ...account, agency: "9999" };
  expect(
    await refusalOf(
      banks.bank("azul").staff.pix.confirm({ fromAccount: payer("azul"), account: wrong }),
    ),
  ).toMatchObject({ code: "account-not-found" });
});
