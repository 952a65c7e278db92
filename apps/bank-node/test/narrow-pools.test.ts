import { afterAll, beforeAll, expect, it } from "vitest";
import {
  balanceOf,
  cpf,
  newKey,
  openAccountWith,
  startBanks,
  type BanksInProcess,
} from "./banks-in-process.ts";

/**
 * One connection for everything. Whatever asked for a second one while it holds the first would
 * wait for itself: with more connections that shows only under load, at the ninth request of eight.
 */
let banks: BanksInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"], { poolSize: 1 });
});
afterAll(() => banks.stop());

it("lesson 35: does everything that many ask for at once with a single connection", async () => {
  const [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
  const from = await openAccountWith(azul, 9_000);
  const to = await openAccountWith(verde, 0);
  const nine = Array.from({ length: 9 }, (_, at) => at);
  const results = await Promise.all(
    nine.map(async (at) => {
      const [{ client }, transfer] = await Promise.all([
        azul.staff.clients.create({
          idempotencyKey: newKey(),
          name: `Cliente ${at}`,
          taxId: cpf(300_000_000 + at),
        }),
        azul.staff.transfers.create({
          idempotencyKey: newKey(),
          from: [{ bank: "azul", account: from, amountCentavos: 1_000 }],
          to: [{ bank: "verde", account: to, amountCentavos: 1_000 }],
          waitMs: 10_000,
        }),
        azul.staff.cash.deposit({ idempotencyKey: newKey(), number: from, amountCentavos: 1 }),
        azul.staff.transfers.list({}),
        verde.staff.accounts.get({ number: to }),
      ]);
      const { account } = await azul.staff.accounts.open({
        idempotencyKey: newKey(),
        kind: "savings",
        holders: [client.id],
        openingDepositCentavos: 5,
      });
      const edited = await azul.staff.clients.get({ id: client.id });
      return [transfer.transfer.state, account.ledgerCentavos, edited.client.name];
    }),
  );
  expect(results).toEqual(nine.map((at) => ["committed", 5, `Cliente ${at}`]));
  expect(await balanceOf(azul, from)).toBe(9);
  await expect.poll(() => balanceOf(verde, to), { timeout: 10_000 }).toBe(9_000);
});
