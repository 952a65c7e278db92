import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdArrivals } from "../src/pix/returns/hold-arrivals.ts";
import {
  accountAt,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

const PATIENCE = { timeout: 20_000, interval: 100 };

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let violeta: BankInProcess;

beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "violeta"]);
  [azul, verde, violeta] = [banks.bank("azul"), banks.bank("verde"), banks.bank("violeta")];
}, 60_000);

afterAll(() => banks.stop());

let keys = 0;

/** Pays an account there by a key of its own; returns the end-to-end id. */
async function pix(
  from: readonly [BankInProcess, string],
  to: readonly [BankInProcess, string],
  amountCentavos: number,
): Promise<string> {
  keys += 1;
  const key = `destino-${keys}@example.com`;
  await to[0].staff.pix.registerKey({ idempotencyKey: newKey(), account: to[1], key });
  const { pix: sent } = await from[0].staff.pix.send({
    idempotencyKey: newKey(),
    fromAccount: from[1],
    key,
    amountCentavos,
  });
  expect(sent.state).toBe("committed");
  const arrived = async () =>
    (await to[0].staff.pix.payments({ endToEndId: sent.endToEndId })).payments.length;
  await expect.poll(arrived, PATIENCE).toBeGreaterThan(0);
  return sent.endToEndId;
}

const held = async (bank: BankInProcess, number: string) =>
  (await accountAt(bank, number)).heldCentavos;
const balance = async (bank: BankInProcess, number: string) =>
  (await accountAt(bank, number)).ledgerCentavos;

const openHold = async (bank: BankInProcess, account: string) => {
  const { holds } = await bank.staff.pix.returns.holds({ openOnly: true });
  return holds.find((one) => one.account === account);
};

/** Money is blocked a moment before the hold is shown as open to whoever decides. */
const awaitOpenHold = async (bank: BankInProcess, account: string) => {
  await expect.poll(() => openHold(bank, account), PATIENCE).toBeDefined();
  return (await openHold(bank, account))?.id ?? "";
};

test("a reported fraud is followed over the banks; auditors decide, and what was held returns", async () => {
  const victim = await openAccountWith(azul, 10_000);
  const [first, second] = [await openAccountWith(verde, 0), await openAccountWith(violeta, 500)];
  // Somebody else's cash, so that the vault can pay out.
  await openAccountWith(violeta, 2_000);
  const endToEndId = await pix([azul, victim], [verde, first], 10_000);
  await pix([verde, first], [violeta, second], 6_000);
  const taken = { idempotencyKey: newKey(), number: second, amountCentavos: 1_500 };
  await violeta.staff.cash.withdraw(taken);
  // The receiver is blocked already, as banks do: that protects nothing from a return.
  const block = { idempotencyKey: newKey(), number: first, reason: "Suspeita de fraude" };
  await verde.staff.accounts.block({ ...block, what: "debits" });

  const report = { account: victim, endToEndId, description: "Falso sequestro" };
  const { return: opened } = await azul.staff.pix.returns.report({
    ...report,
    idempotencyKey: newKey(),
  });
  const { id } = opened;
  const graph = async () =>
    (await azul.staff.pix.returns.get({ id })).return.nodes.map((node) => [
      ...[node.bank, node.account, node.soughtCentavos, node.heldCentavos, node.state],
    ]);
  await expect.poll(graph, PATIENCE).toEqual([
    ["verde", first, 10_000, 4_000, "held"],
    ["violeta", second, 6_000, 5_000, "held"],
  ]);
  const { nodes } = (await azul.staff.pix.returns.get({ id })).return;
  expect(nodes[1]?.parent).toBe(nodes[0]?.id);
  expect([await held(verde, first), await held(violeta, second)]).toEqual([4_000, 5_000]);
  expect(
    await refusalOf(azul.staff.pix.returns.report({ ...report, idempotencyKey: newKey() })),
  ).toMatchObject({ code: "pix-return-open" });

  // What is held is nobody's to take, until an auditor decides; a teller does not.
  const again = { idempotencyKey: newKey(), number: second, amountCentavos: 1 };
  expect(await refusalOf(violeta.staff.cash.withdraw(again))).toMatchObject({
    code: "insufficient-funds",
  });
  const atVerde = await awaitOpenHold(verde, first);
  const decide = { idempotencyKey: newKey(), id: atVerde, note: "Fraude provada" };
  const teller = verde.as({
    kind: "staff",
    id: "t2",
    name: "Teller",
    homeBank: "verde",
    roles: ["teller"],
  });
  expect(await refusalOf(teller.pix.returns.decide({ ...decide, isAccepted: true }))).toMatchObject(
    { code: "not-allowed" },
  );
  await verde.staff.pix.returns.decide({ ...decide, isAccepted: true });
  await violeta.staff.pix.returns.decide({
    idempotencyKey: newKey(),
    id: await awaitOpenHold(violeta, second),
    note: "Venda regular",
    isAccepted: false,
  });

  await expect.poll(() => balance(azul, victim), PATIENCE).toBe(4_000);
  expect([await balance(verde, first), await held(verde, first)]).toEqual([0, 0]);
  expect([await balance(violeta, second), await held(violeta, second)]).toEqual([5_000, 0]);
  const after = async () => {
    const { heldCentavos, returnedCentavos } = (await azul.staff.pix.returns.get({ id })).return;
    return [heldCentavos, returnedCentavos];
  };
  await expect.poll(after, PATIENCE).toEqual([0, 4_000]);
  // What the receiver gave back by order is a refund of the PIX, with an id of its own.
  const given = await verde.staff.pix.get({ endToEndId });
  expect(given.refunds).toMatchObject([
    { status: "DEVOLVIDO", reason: "FR01", amountCentavos: 4_000, to: [{ account: victim }] },
  ]);
  expect(given.refundable?.remainingCentavos).toBe(6_000);
  const [refund] = given.refunds;
  expect(refund?.returnId).toMatch(/^D[0-9A-Z]{8}[0-9]{12}[0-9A-Za-z]{11}$/);
  expect((await azul.staff.pix.get({ endToEndId })).returned).toMatchObject([
    { returnId: refund?.returnId, transactionId: refund?.transactionId, amountCentavos: 4_000 },
  ]);
  const { notifications } = await azul.staff.notifications.list({});
  expect(notifications).toMatchObject([{ kind: "return-paid", subject: id, account: victim }]);
  expect(
    await refusalOf(
      verde.staff.pix.returns.decide({ ...decide, idempotencyKey: newKey(), isAccepted: true }),
    ),
  ).toMatchObject({ code: "pix-return-state" });
}, 90_000);

test("no clock releases what is held, and a return waits for the payer's bank", async () => {
  const [victim, receiver] = [await openAccountWith(azul, 300), await openAccountWith(verde, 0)];
  const endToEndId = await pix([azul, victim], [verde, receiver], 300);
  await verde.staff.pix.setRules({
    idempotencyKey: newKey(),
    rules: { returnAnalysisMinutes: 0 },
  });
  await azul.staff.pix.returns.report({
    idempotencyKey: newKey(),
    account: victim,
    endToEndId,
    description: "Golpe",
  });
  await expect.poll(() => openHold(verde, receiver), PATIENCE).toMatchObject({ isOverdue: true });
  const told = async () =>
    (await verde.staff.notifications.list({})).notifications.map(({ kind }) => kind);
  await expect.poll(told, PATIENCE).toContain("return-overdue");
  expect(await held(verde, receiver)).toBe(300);

  banks.meddle(({ from, to }) => from !== "azul" && to !== "azul");
  const id = await awaitOpenHold(verde, receiver);
  const { hold } = await verde.staff.pix.returns.decide({
    idempotencyKey: newKey(),
    id,
    isAccepted: true,
    note: "Procede",
  });
  // Not given back yet, and out of the receiver's reach for good.
  expect(hold.state).toBe("accepted");
  expect(await balance(verde, receiver)).toBe(0);
  banks.heal();
  await expect.poll(() => balance(azul, victim), { ...PATIENCE, timeout: 40_000 }).toBe(300);
  banks.takeErrors();
}, 90_000);

test("a fraud is reported of a PIX that the account sent, within its days", async () => {
  const [victim, receiver] = [await openAccountWith(azul, 100), await openAccountWith(verde, 0)];
  const endToEndId = await pix([azul, victim], [verde, receiver], 100);
  const report = { idempotencyKey: newKey(), account: victim, endToEndId, description: "Golpe" };
  const other = { ...report, account: await openAccountWith(azul, 0) };
  expect(await refusalOf(azul.staff.pix.returns.report(other))).toMatchObject({
    code: "pix-payment-not-found",
  });
  await azul.staff.pix.setRules({
    idempotencyKey: newKey(),
    rules: { returnReportDays: 0 },
  });
  expect(await refusalOf(azul.staff.pix.returns.report(report))).toMatchObject({
    code: "pix-return-late",
  });
}, 60_000);

test("what was refunded is not sought again, and what is held cannot be refunded besides", async () => {
  await azul.staff.pix.setRules({ idempotencyKey: newKey(), rules: { returnReportDays: 80 } });
  const [victim, receiver] = [await openAccountWith(azul, 100), await openAccountWith(verde, 500)];
  const endToEndId = await pix([azul, victim], [verde, receiver], 100);
  const refund = (id: string, amountCentavos: number) =>
    verde.staff.pix.refund({ endToEndId, id, amountCentavos });
  await refund("parte", 30);
  await expect.poll(() => balance(azul, victim), PATIENCE).toBe(30);
  const report = { account: victim, endToEndId, description: "Golpe" };
  const { return: opened } = await azul.staff.pix.returns.report({
    ...report,
    idempotencyKey: newKey(),
  });
  expect(opened.nodes).toMatchObject([{ soughtCentavos: 70 }]);
  await expect.poll(() => held(verde, receiver), PATIENCE).toBe(70);
  expect(await refusalOf(refund("mais", 1))).toMatchObject({
    code: "pix-refund-over-original",
    details: { remainingCentavos: 0 },
  });
  const id = await awaitOpenHold(verde, receiver);
  const reject = { idempotencyKey: newKey(), id, note: "Venda regular", isAccepted: false };
  await verde.staff.pix.returns.decide(reject);
  expect((await verde.staff.pix.get({ endToEndId })).refundable?.remainingCentavos).toBe(70);
  expect((await refund("mais", 70)).refund.status).toBe("DEVOLVIDO");
  await expect.poll(() => balance(azul, victim), PATIENCE).toBe(100);

  const other = await pix([azul, victim], [verde, receiver], 50);
  await verde.staff.pix.refund({ endToEndId: other, id: "tudo", amountCentavos: 50 });
  await expect.poll(() => balance(azul, victim), PATIENCE).toBe(100);
  expect(
    await refusalOf(
      azul.staff.pix.returns.report({ ...report, endToEndId: other, idempotencyKey: newKey() }),
    ),
  ).toMatchObject({ code: "pix-return-nothing-left" });
}, 60_000);

const deposit = (bank: BankInProcess, number: string, amountCentavos: number) =>
  bank.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos });
const withdraw = (bank: BankInProcess, number: string, amountCentavos: number) =>
  bank.staff.cash.withdraw({ idempotencyKey: newKey(), number, amountCentavos });

/** A client of azul pays an account of verde, which has spent `spent` of it when it is reported. */
async function defraud(amount: number, spent: number) {
  const [victim, receiver] = [await openAccountWith(azul, amount), await openAccountWith(verde, 0)];
  await openAccountWith(verde, spent);
  const endToEndId = await pix([azul, victim], [verde, receiver], amount);
  if (spent > 0) await withdraw(verde, receiver, spent);
  const { return: opened } = await azul.staff.pix.returns.report({
    idempotencyKey: newKey(),
    account: victim,
    endToEndId,
    description: "Golpe",
  });
  const hold = async () => {
    const { holds } = await verde.staff.pix.returns.holds({});
    return holds.find(({ account }) => account === receiver);
  };
  const found = async () => (await azul.staff.pix.returns.get({ id: opened.id })).return;
  await expect.poll(async () => (await found()).nodes[0]?.state, PATIENCE).not.toBe("asked");
  return { victim, receiver, endToEndId, hold, found };
}

async function decide(hold: () => Promise<{ id: string } | undefined>, isAccepted: boolean) {
  const { id = "" } = (await hold()) ?? {};
  const decision = { idempotencyKey: newKey(), id, isAccepted, note: "Visto" };
  return (await verde.staff.pix.returns.decide(decision)).hold;
}

test("money that comes later is blocked up to what is sought, until an auditor decides", async () => {
  const { victim, receiver, endToEndId, hold, found } = await defraud(10_000, 7_000);
  expect(await hold()).toMatchObject({ heldCentavos: 3_000, stillSoughtCentavos: 7_000 });
  await deposit(verde, receiver, 2_000);
  await expect.poll(() => held(verde, receiver), PATIENCE).toBe(5_000);
  await expect.poll(async () => (await found()).heldCentavos, PATIENCE).toBe(5_000);
  await deposit(verde, receiver, 9_000);
  await expect.poll(() => held(verde, receiver), PATIENCE).toBe(10_000);
  expect(await hold()).toMatchObject({ stillSoughtCentavos: 0, watchUntil: null });
  // What was not sought is the receiver's, and nothing more.
  await withdraw(verde, receiver, 4_000);
  expect(await refusalOf(withdraw(verde, receiver, 1))).toMatchObject({
    code: "insufficient-funds",
  });
  expect(await decide(hold, true)).toMatchObject({ heldCentavos: 10_000 });
  await expect.poll(() => balance(azul, victim), PATIENCE).toBe(10_000);
  expect([await balance(verde, receiver), await held(verde, receiver)]).toEqual([0, 0]);
  expect((await verde.staff.pix.get({ endToEndId })).refunds).toMatchObject([
    { status: "DEVOLVIDO", amountCentavos: 10_000 },
  ]);
}, 60_000);

test("an account that was empty is watched for its days, and what came is free when it is rejected", async () => {
  const { receiver, endToEndId, hold } = await defraud(300, 300);
  expect(await hold()).toMatchObject({ state: "empty", stillSoughtCentavos: 300 });
  const watchUntil = (days: number) =>
    verde.sql(
      `UPDATE pix_return_hold SET watch_until = now() + $2 * interval '1 day' WHERE account = $1`,
      [receiver, days],
    );
  await watchUntil(0);
  await deposit(verde, receiver, 100);
  expect(await holdArrivals(verde.node.bank)).toBe(false);
  expect(await hold()).toMatchObject({ state: "empty", stillSoughtCentavos: 0 });
  await watchUntil(90);
  await expect.poll(hold, PATIENCE).toMatchObject({ state: "held", heldCentavos: 100 });
  const told = async () =>
    (await verde.staff.notifications.list({})).notifications.filter(
      ({ kind, account }) => kind === "return-held" && account === receiver,
    );
  await expect.poll(told, PATIENCE).toHaveLength(1);
  await decide(hold, false);
  expect([await held(verde, receiver), await balance(verde, receiver)]).toEqual([0, 100]);
  expect((await verde.staff.pix.get({ endToEndId })).refundable?.remainingCentavos).toBe(300);
  // It is decided: whatever comes is the receiver's.
  await deposit(verde, receiver, 50);
  expect(await holdArrivals(verde.node.bank)).toBe(false);
  expect(await hold()).toMatchObject({ heldCentavos: 100, watchUntil: null });
}, 60_000);

const act = fc.record({
  what: fc.constantFrom("deposit", "deposit", "withdraw", "look", "refund"),
  centavos: fc.integer({ min: 1, max: 900 }),
});
type Act = { readonly what: string; readonly centavos: number };

/** Cash that came and went at the account, and what of its PIX was refunded. */
interface Moved {
  cash: number;
  refunded: number;
}

/** Does one thing; what is refused for want of funds, or of anything left to refund, moves nothing. */
async function doOne(
  { receiver, endToEndId }: { readonly receiver: string; readonly endToEndId: string },
  { what, centavos }: Act,
  moved: Moved,
): Promise<void> {
  if (what === "look") {
    await holdArrivals(verde.node.bank);
    return;
  }
  if (what === "refund") {
    const id = newKey().replaceAll("-", "");
    const asked = verde.staff.pix.refund({ endToEndId, id, amountCentavos: centavos });
    const done = await asked.catch(() => undefined);
    if (done?.refund.status === "DEVOLVIDO") moved.refunded += centavos;
    return;
  }
  const move = what === "deposit" ? deposit : withdraw;
  const done = await move(verde, receiver, centavos).catch(() => undefined);
  if (done !== undefined) moved.cash += what === "deposit" ? centavos : -centavos;
}

async function expectNoMoreHeldThanSought(receiver: string): Promise<void> {
  const [row] = await verde.sql<{ held: number; missing: number; sought: number; open: number }>(
    `SELECT held::int, missing::int, sought::int,
            (SELECT coalesce(sum(o.amount), 0) FROM hold o JOIN account a ON a.id = o.account_id
              WHERE a.number = h.account AND o.status = 'placed')::int AS open
       FROM pix_return_hold h WHERE account = $1`,
    [receiver],
  );
  if (row === undefined) throw new Error("nothing is sought");
  expect(row.held + row.missing).toBeLessThanOrEqual(row.sought);
  expect(row.open).toBeLessThanOrEqual(row.sought);
}

async function liveThrough(spent: number, rounds: readonly Act[][], isAccepted: boolean) {
  const fraud = await defraud(1_000, spent);
  const { victim, receiver, hold } = fraud;
  const moved: Moved = { cash: 1_000 - spent, refunded: 0 };
  for (const [at, round] of rounds.entries()) {
    // Somebody decides while the last of it happens, where there is something to decide on.
    const isHeld = at === rounds.length - 1 && (await hold())?.state === "held";
    const decision = isHeld ? [decide(hold, isAccepted)] : [];
    await Promise.all([...round.map((one) => doOne(fraud, one, moved)), ...decision]);
    await expectNoMoreHeldThanSought(receiver);
  }
  // What is open still is rejected, so that the books can be asked at rest.
  await holdArrivals(verde.node.bank);
  if ((await hold())?.state === "held") await decide(hold, false);
  await expect.poll(async () => (await hold())?.state, PATIENCE).not.toBe("accepted");
  const end = await hold();
  const back = end?.state === "returned" ? end.heldCentavos : 0;
  expect(back + moved.refunded).toBeLessThanOrEqual(1_000);
  await expect.poll(() => balance(azul, victim), PATIENCE).toBe(back + moved.refunded);
  expect(await held(verde, receiver)).toBe(0);
  expect(await balance(verde, receiver)).toBe(moved.cash - back - moved.refunded);
}

test("whatever comes, goes and is decided, no more is held than is sought, and the books hold", async () => {
  const round = fc.array(act, { minLength: 1, maxLength: 4 });
  const rounds = fc.array(round, { minLength: 2, maxLength: 4 });
  const stories = fc.asyncProperty(
    fc.integer({ min: 0, max: 1_000 }),
    rounds,
    fc.boolean(),
    liveThrough,
  );
  await fc.assert(stories, { numRuns: 6, endOnFailure: true });
  await expectBalancedBooks([azul, verde, violeta]);
}, 120_000);
