import { afterAll, beforeAll, expect, test } from "vitest";
import {
  accountAt,
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
  for (const id of IDS) payers.set(id, await openAccountWith(banks.bank(id), 1_000_00));
  const input = { idempotencyKey: newKey(), account: shop, key: KEY };
  await banks.bank("violeta").staff.pix.registerKey(input);
}, 60_000);

afterAll(() => banks.stop());

function payer(id: string): string {
  const account = payers.get(id);
  if (account === undefined) throw new Error(`no payer at ${id}`);
  return account;
}

/** A PIX to the shop that its bank has booked; its end-to-end id. */
async function paid(amountCentavos: number, also: readonly [string, number][] = []) {
  const alsoFrom = also.map(([bank, centavos]) => ({
    bank,
    account: payer(bank),
    amountCentavos: centavos,
  }));
  const { pix } = await banks.bank("azul").staff.pix.send({
    idempotencyKey: newKey(),
    fromAccount: payer("azul"),
    key: KEY,
    amountCentavos,
    alsoFrom,
  });
  expect(pix.state).toBe("committed");
  const { endToEndId } = pix;
  await expect
    .poll(async () => (await shopStaff().payments({ endToEndId })).payments.length, {
      timeout: PATIENCE_MS,
    })
    .toBe(1);
  return endToEndId;
}

function shopStaff() {
  return banks.bank("violeta").staff.pix;
}

function refund(endToEndId: string, id: string, amountCentavos: number, more: object = {}) {
  return shopStaff().refund({ endToEndId, id, amountCentavos, ...more });
}

async function balances(): Promise<Record<string, number>> {
  const all = IDS.map(async (id) => [id, await balanceOf(banks.bank(id), payer(id))] as const);
  return Object.fromEntries(await Promise.all(all));
}

test("a PIX is refunded in parts, each once for its id, and never over the original", async () => {
  const before = await balances();
  const endToEndId = await paid(100_00);
  const first = await refund(endToEndId, "dev1", 40_00, { description: "Produto trocado" });
  expect(first.refund).toMatchObject({
    status: "DEVOLVIDO",
    reason: "MD06",
    to: [{ bank: "azul", account: payer("azul"), amountCentavos: 40_00 }],
    refusal: null,
  });
  expect(first.refund.returnId).toMatch(/^D[0-9A-Z]{8}\d{12}[0-9A-Za-z]{11}$/);
  const again = await refund(endToEndId, "dev1", 40_00, { description: "Produto trocado" });
  expect(again.refund).toEqual(first.refund);
  expect(await refusalOf(refund(endToEndId, "dev1", 41_00))).toEqual({
    code: "idempotency-conflict",
    details: { differsIn: "amountCentavos, description" },
  });
  const { refundable, refunds } = await shopStaff().get({ endToEndId });
  expect(refundable).toMatchObject({ remainingCentavos: 60_00, daysLeft: 90 });
  expect(refunds).toHaveLength(1);
  expect(await refusalOf(refund(endToEndId, "dev2", 60_01))).toEqual({
    code: "pix-refund-over-original",
    details: { endToEndId, remainingCentavos: 60_00 },
  });
  expect((await refund(endToEndId, "dev2", 60_00)).refund.status).toBe("DEVOLVIDO");
  expect(await refusalOf(refund(endToEndId, "dev3", 1))).toMatchObject({
    code: "pix-refund-over-original",
  });
  await expect.poll(balances, { timeout: PATIENCE_MS }).toEqual(before);
  const seen = await banks.bank("azul").staff.pix.get({ endToEndId });
  expect(seen.refundable).toBeNull();
  expect(seen.returned.map(({ amountCentavos }) => amountCentavos)).toEqual([40_00, 60_00]);
});

test("a composite goes back to all who paid, pro rata to the centavo, as one global transaction", async () => {
  const before = await balances();
  const endToEndId = await paid(33_34, [
    ["verde", 33_33],
    ["laranja", 33_33],
  ]);
  const { refund: some } = await refund(endToEndId, "parte", 10_00);
  expect(some.to.map(({ bank, amountCentavos }) => [bank, amountCentavos])).toEqual([
    ["azul", 3_34],
    ["verde", 3_33],
    ["laranja", 3_33],
  ]);
  const { transfer } = await banks.bank("violeta").staff.transfers.get({ id: some.transactionId });
  expect(transfer.branches.map(({ bank }) => bank).toSorted()).toEqual(IDS.toSorted());
  expect((await refund(endToEndId, "resto", 90_00)).refund.status).toBe("DEVOLVIDO");
  await expect.poll(balances, { timeout: PATIENCE_MS }).toEqual(before);
});

test("ten refunds at once of half each: two are done, none goes over", async () => {
  const endToEndId = await paid(20_00, [["verde", 20_00]]);
  const all = await Promise.allSettled(
    Array.from({ length: 10 }, (_, at) => refund(endToEndId, `corrida${at}`, 20_00)),
  );
  const done = all.flatMap((one) => (one.status === "fulfilled" ? [one.value.refund] : []));
  expect(done.map(({ status }) => status)).toEqual(["DEVOLVIDO", "DEVOLVIDO"]);
  const { refundable } = await shopStaff().get({ endToEndId });
  expect(refundable?.remainingCentavos).toBe(0);
});

test("what the banks refuse is NAO_REALIZADO with its reason, and leaves all to be refunded", async () => {
  const endToEndId = await paid(50_00);
  const { ledgerCentavos } = await accountAt(banks.bank("violeta"), shop);
  const away = { number: shop, amountCentavos: ledgerCentavos };
  await banks.bank("violeta").staff.cash.withdraw({ ...away, idempotencyKey: newKey() });
  const { refund: poor } = await refund(endToEndId, "pobre", 50_00);
  expect(poor).toMatchObject({ status: "NAO_REALIZADO", refusal: { code: "insufficient-funds" } });
  // The same id says the same for ever; another one may be tried.
  expect((await refund(endToEndId, "pobre", 50_00)).refund).toEqual(poor);
  await banks.bank("violeta").staff.cash.deposit({ ...away, idempotencyKey: newKey() });

  const verde = { number: payer("azul"), reason: "Ordem judicial", what: "credits" } as const;
  await banks.bank("azul").staff.accounts.block({ ...verde, idempotencyKey: newKey() });
  const { refund: blocked } = await refund(endToEndId, "bloqueada", 50_00);
  expect(blocked).toMatchObject({ status: "NAO_REALIZADO", refusal: { code: "credits-blocked" } });
  expect((await shopStaff().get({ endToEndId })).refundable?.remainingCentavos).toBe(50_00);
  const free = { number: payer("azul"), reason: "Liberada", idempotencyKey: newKey() };
  await banks.bank("azul").staff.accounts.unblock(free);
  expect((await refund(endToEndId, "enfim", 50_00)).refund.status).toBe("DEVOLVIDO");
});

test("after ninety days, of a refund, or of nothing known, nothing is refunded", async () => {
  const endToEndId = await paid(5_00);
  const done = await refund(endToEndId, "um", 1_00);
  expect(await refusalOf(refund(done.refund.returnId, "dois", 1_00))).toMatchObject({
    code: "pix-refund-of-refund",
  });
  expect(await refusalOf(refund(`${endToEndId.slice(0, -4)}zzzz`, "um", 1_00))).toMatchObject({
    code: "pix-payment-unknown",
  });
  await banks
    .bank("violeta")
    .sql(
      "UPDATE pix_refund_balance SET settled_at = now() - interval '91 days' WHERE end_to_end_id = $1",
      [endToEndId],
    );
  expect(await refusalOf(refund(endToEndId, "dois", 1_00))).toMatchObject({
    code: "pix-refund-window-over",
  });
});

test("only the bank's supervisor gives the bank's own reasons", async () => {
  const endToEndId = await paid(5_00);
  const teller = banks
    .bank("violeta")
    .as({ kind: "staff", id: "t2", name: "Rui", homeBank: "violeta", roles: ["teller"] });
  const fraud = { endToEndId, id: "fraude", amountCentavos: 5_00, reason: "FR01" } as const;
  expect(await refusalOf(teller.pix.refund(fraud))).toMatchObject({ code: "not-allowed" });
  expect((await shopStaff().refund(fraud)).refund).toMatchObject({ reason: "FR01" });
});

test("a PIX within one bank is refunded within it", async () => {
  const violeta = banks.bank("violeta");
  const before = await balanceOf(violeta, payer("violeta"));
  const { pix } = await violeta.staff.pix.send({
    idempotencyKey: newKey(),
    fromAccount: payer("violeta"),
    key: KEY,
    amountCentavos: 9_00,
  });
  const { refund: made } = await refund(pix.endToEndId, "aqui", 9_00);
  expect(made).toMatchObject({ status: "DEVOLVIDO" });
  expect(await balanceOf(violeta, payer("violeta"))).toBe(before);
  const list = await shopStaff().received({ hasRefund: true, limit: 1 });
  expect(list.payments).toMatchObject([{ endToEndId: pix.endToEndId, refunds: [{ id: "aqui" }] }]);
  expect(list.total).toBeGreaterThan(1);
});
