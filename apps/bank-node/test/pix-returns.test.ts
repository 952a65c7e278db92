import { afterAll, beforeAll, expect, test } from "vitest";
import {
  accountAt,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

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
