import { addDays, addMonths, saoPauloDate } from "@pacto/banking";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

const PATIENCE = { timeout: 20_000, interval: 100 };
/** Every hour is an hour for attempts, and a charge may come on its day. */
const RULES = { morning: { from: 0, until: 24 }, chargeAheadDaysMin: 0, retryMinutes: 1 };

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
/** Of the bakery at Verde, which is paid. */
let bakery: string;

beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "violeta"]);
  [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
  bakery = await openAccountWith(verde, 0);
  for (const { staff } of [azul, verde]) {
    await staff.pix.setRules({ idempotencyKey: newKey(), rules: RULES });
  }
  const key = "padaria@example.com";
  await verde.staff.pix.registerKey({ idempotencyKey: newKey(), account: bakery, key });
}, 60_000);

afterAll(() => banks.stop());

const today = () => saoPauloDate(new Date());
const tomorrow = () => addDays(today(), 1);

async function order(account: string, amountCentavos: number, every: "once" | "month" = "once") {
  const { schedule } = await azul.staff.pix.schedules.create({
    idempotencyKey: newKey(),
    account,
    amountCentavos,
    every,
    firstOn: tomorrow(),
    to: { key: "padaria@example.com" },
  });
  return schedule.id;
}

/** Turns the calendar: what was ordered is due on that day, and looked at now. */
async function bringForward(id: string, dueOn: string): Promise<void> {
  await azul.sql(
    `UPDATE pix_occurrence SET due_on = $2, wake_at = now()
      WHERE schedule_id = $1 AND status = 'waiting'`,
    [id, dueOn],
  );
}

const scheduled = async (id: string) => (await azul.staff.pix.schedules.get({ id })).schedule;

async function untilLast(id: string, what: object): Promise<void> {
  const read = async () => (await scheduled(id)).happenings.at(-1);
  await expect.poll(read, PATIENCE).toMatchObject(what);
}

async function toldAt(bank: BankInProcess, subject: string): Promise<string[]> {
  const { notifications } = await bank.staff.notifications.list({});
  return notifications.filter((one) => one.subject === subject).map(({ kind }) => kind);
}

test("a PIX ordered monthly is paid on its day, once, and comes again", async () => {
  const account = await openAccountWith(azul, 10_000);
  const before = await balanceOf(verde, bakery);
  const id = await order(account, 1_500, "month");
  expect((await scheduled(id)).payee).toMatchObject({ bank: "verde", account: bakery });
  await bringForward(id, today());
  await untilLast(id, { number: 1, status: "done", attempt: 1 });
  const { happenings } = await scheduled(id);
  expect(happenings[0]).toMatchObject({
    number: 2,
    status: "waiting",
    dueOn: addMonths(tomorrow(), 1),
  });
  expect(happenings[1]?.endToEndId).toMatch(/^E/u);
  await expect.poll(() => balanceOf(verde, bakery), PATIENCE).toBe(before + 1_500);
  expect(await toldAt(azul, id)).toEqual(["schedule-paid"]);
  const { schedule } = await azul.staff.pix.schedules.cancel({ idempotencyKey: newKey(), id });
  expect(schedule).toMatchObject({ status: "cancelled" });
  expect(schedule.happenings[0]).toMatchObject({ status: "cancelled", nextAt: null });
}, 60_000);

test("the day before, the staff is told of what leaves tomorrow, once", async () => {
  const account = await openAccountWith(azul, 0);
  const id = await order(account, 300);
  // Looked at on the day before, again and again.
  for (let look = 0; look < 2; look += 1) {
    await azul.sql("UPDATE pix_occurrence SET wake_at = now() WHERE schedule_id = $1", [id]);
    await expect
      .poll(async () => (await scheduled(id)).happenings[0]?.nextAt?.slice(0, 10), PATIENCE)
      .toBe(tomorrow());
    if (look === 0) expect(await toldAt(azul, id)).toEqual(["schedule-tomorrow"]);
  }
  expect((await scheduled(id)).happenings[0]).toMatchObject({ status: "waiting", attempt: 1 });
  await azul.staff.pix.schedules.cancel({ idempotencyKey: newKey(), id });
});

test("what cannot be paid is tried again within the day's hours, and then given up", async () => {
  const account = await openAccountWith(azul, 0);
  const id = await order(account, 700);
  await bringForward(id, today());
  await untilLast(id, { attempt: 2, refusal: { code: "insufficient-funds" } });
  await azul.staff.cash.deposit({ idempotencyKey: newKey(), number: account, amountCentavos: 700 });
  await bringForward(id, today());
  await untilLast(id, { status: "done", attempt: 2, refusal: null });
  expect((await scheduled(id)).status).toBe("finished");

  const late = await order(account, 700);
  await bringForward(late, addDays(today(), -1));
  await untilLast(late, { status: "failed", refusal: { code: "retry-window-over" } });
  expect(await toldAt(azul, late)).toEqual(["schedule-failed"]);
}, 60_000);

test("an order is for tomorrow at the earliest, and cancelled until the day before", async () => {
  const account = await openAccountWith(azul, 0);
  const wish = { idempotencyKey: newKey(), account, amountCentavos: 1, firstOn: today() };
  const payee = { to: { bank: "verde", account: bakery } };
  expect(await refusalOf(azul.staff.pix.schedules.create({ ...wish, ...payee }))).toMatchObject({
    code: "pix-date-past",
  });
  const id = await order(account, 1);
  await azul.sql(
    `UPDATE pix_occurrence SET due_on = $2, wake_at = now() + interval '1 hour'
      WHERE schedule_id = $1`,
    [id, today()],
  );
  const cancel = { idempotencyKey: newKey(), id };
  expect(await refusalOf(azul.staff.pix.schedules.cancel(cancel))).toMatchObject({
    code: "pix-schedule-due",
  });
}, 30_000);

async function mandate(account: string, ceilingCentavos: number): Promise<string> {
  const { mandate: proposed } = await verde.staff.pix.mandates.propose({
    idempotencyKey: newKey(),
    account: bakery,
    payer: { bank: "azul", account },
    terms: {
      fixedCentavos: null,
      ceilingCentavos,
      every: "month",
      startsOn: today(),
      endsOn: null,
      description: "Pão",
    },
  });
  const { id } = proposed;
  const arrived = async () =>
    (await azul.staff.pix.mandates.list({ side: "payer" })).mandates.map((one) => one.id);
  await expect.poll(arrived, PATIENCE).toContain(id);
  await azul.staff.pix.mandates.accept({ idempotencyKey: newKey(), id });
  const state = async () =>
    (await verde.staff.pix.mandates.get({ id, side: "receiver" })).mandate.state;
  await expect.poll(state, PATIENCE).toBe("active");
  return id;
}

const chargeOf = async (bank: BankInProcess, id: string, side: "payer" | "receiver") =>
  (await bank.staff.pix.mandates.get({ id, side })).mandate.charges[0];

test("an automatic debit takes what its payer allowed, once a cycle", async () => {
  const account = await openAccountWith(azul, 10_000);
  const id = await mandate(account, 2_000);
  const wish = () => ({ idempotencyKey: newKey(), id, amountCentavos: 1_200, dueOn: today() });
  expect(
    await refusalOf(verde.staff.pix.mandates.charge({ ...wish(), amountCentavos: 2_001 })),
  ).toMatchObject({ code: "mandate-amount" });
  await verde.staff.pix.mandates.charge(wish());
  await expect
    .poll(() => chargeOf(verde, id, "receiver"), PATIENCE)
    .toMatchObject({ state: "paid" });
  expect(await chargeOf(azul, id, "payer")).toMatchObject({ state: "paid" });
  expect(await balanceOf(azul, account)).toBe(8_800);
  expect(await refusalOf(verde.staff.pix.mandates.charge(wish()))).toMatchObject({
    code: "mandate-cycle",
  });
  await azul.staff.pix.mandates.cancel({ idempotencyKey: newKey(), id, side: "payer" });
  const state = async () =>
    (await verde.staff.pix.mandates.get({ id, side: "receiver" })).mandate.state;
  await expect.poll(state, PATIENCE).toBe("cancelled");
}, 60_000);

test("a receiver's bank cannot take more than the payer's bank knows of", async () => {
  const account = await openAccountWith(azul, 10_000);
  const id = await mandate(account, 2_000);
  await verde.sql(
    `UPDATE pix_mandate SET terms = terms || '{"ceilingCentavos": 9000}'
      WHERE id = $1 AND side = 'receiver'`,
    [id],
  );
  await verde.staff.pix.mandates.charge({
    idempotencyKey: newKey(),
    id,
    amountCentavos: 9_000,
    dueOn: today(),
  });
  await expect
    .poll(() => chargeOf(verde, id, "receiver"), PATIENCE)
    .toMatchObject({ state: "refused", refusal: { code: "mandate-amount" } });
  expect(await balanceOf(azul, account)).toBe(10_000);
}, 60_000);

async function request(account: string, amountCentavos: number): Promise<string> {
  const { request: sent } = await verde.staff.pix.requests.send({
    idempotencyKey: newKey(),
    account: bakery,
    amountCentavos,
    description: "Bolo",
    payer: { bank: "azul", account },
  });
  const arrived = async () =>
    (await azul.staff.pix.requests.list({ side: "payer" })).requests.map(({ id }) => id);
  await expect.poll(arrived, PATIENCE).toContain(sent.id);
  return sent.id;
}

const asked = async (id: string) =>
  (await verde.staff.pix.requests.get({ id, side: "sender" })).request;

test("a request to pay is accepted at the payer's teller, and paid once", async () => {
  const account = await openAccountWith(azul, 0);
  const id = await request(account, 900);
  expect(await toldAt(azul, id)).toEqual(["request-received"]);
  const accept = () => azul.staff.pix.requests.accept({ idempotencyKey: newKey(), id });
  expect((await accept()).request).toMatchObject({
    state: "received",
    refusal: { code: "insufficient-funds" },
  });
  await azul.staff.cash.deposit({ idempotencyKey: newKey(), number: account, amountCentavos: 900 });
  expect((await accept()).request).toMatchObject({ state: "paid", refusal: null });
  expect(await refusalOf(accept())).toMatchObject({ code: "pix-request-state" });
  await expect.poll(() => asked(id), PATIENCE).toMatchObject({ state: "paid" });
  expect(await balanceOf(azul, account)).toBe(0);
}, 60_000);

test("a request is declined with the payer's words, or taken back", async () => {
  const account = await openAccountWith(azul, 5_000);
  const declined = await request(account, 100);
  await azul.staff.pix.requests.decline({
    idempotencyKey: newKey(),
    id: declined,
    reason: "Já paguei",
  });
  await expect
    .poll(() => asked(declined), PATIENCE)
    .toMatchObject({ state: "declined", reason: "Já paguei" });
  expect(await toldAt(verde, declined)).toEqual(["request-answered"]);

  const back = await request(account, 100);
  await verde.staff.pix.requests.cancel({ idempotencyKey: newKey(), id: back });
  const state = async () =>
    (await azul.staff.pix.requests.get({ id: back, side: "payer" })).request.state;
  await expect.poll(state, PATIENCE).toBe("cancelled");
  expect(await balanceOf(azul, account)).toBe(5_000);
}, 60_000);

test("what a person has read is not told to that person again", async () => {
  const { notifications, unread } = await azul.staff.notifications.list({ unreadOnly: true });
  expect(unread).toBeGreaterThan(0);
  const newest = notifications[0]?.id ?? "";
  expect(await azul.staff.notifications.read({ upTo: newest })).toEqual({ unread: 0 });
  expect((await azul.staff.notifications.list({ unreadOnly: true })).notifications).toEqual([]);
  const other = azul.as({
    kind: "staff",
    id: "t2",
    name: "Other",
    homeBank: "azul",
    roles: ["teller"],
  });
  expect((await other.notifications.list({})).unread).toBe(unread);
});
