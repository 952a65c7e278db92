import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  startBanks,
  type BanksInProcess,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral", "violeta"]);
});
afterAll(() => banks.stop());

describe("a transfer within one bank", () => {
  it("is answered, at once and for a second time, as it is read later", async () => {
    const azul = banks.bank("azul");
    const [from, to] = [await openAccountWith(azul, 10_000), await openAccountWith(azul, 0)];
    const asked = (amountCentavos: number) => ({
      idempotencyKey: newKey(),
      from: [{ bank: "azul", account: from, amountCentavos }],
      to: [{ bank: "azul", account: to, amountCentavos }],
      purpose: "mesada",
    });
    for (const [amount, state] of [
      [4_000, "committed"],
      [90_000, "aborted"],
    ] as const) {
      const request = asked(amount);
      // oxlint-disable no-await-in-loop -- the second spends what the first left
      const { transfer } = await azul.staff.transfers.create(request);
      expect(transfer.state).toBe(state);
      expect((await azul.staff.transfers.get({ id: transfer.id })).transfer).toEqual(transfer);
      expect((await azul.staff.transfers.create(request)).transfer).toEqual(transfer);
      // oxlint-enable no-await-in-loop
    }
    expect([await balanceOf(azul, from), await balanceOf(azul, to)]).toEqual([6_000, 4_000]);
  });
});

describe("a composite transfer", () => {
  it("debits three banks and credits a fourth, all or nothing", async () => {
    const [a, b, c, d] = ["azul", "verde", "coral", "violeta"].map((id) => banks.bank(id));
    if (!a || !b || !c || !d) throw new Error("banks");
    const [from1, from2, from3, to] = await Promise.all([
      openAccountWith(a, 100_000),
      openAccountWith(b, 50_000),
      openAccountWith(c, 80_000),
      openAccountWith(d, 0),
    ]);
    const { transfer } = await a.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [
        { bank: "azul", account: from1, amountCentavos: 20_000 },
        { bank: "verde", account: from2, amountCentavos: 30_000 },
        { bank: "coral", account: from3, amountCentavos: 15_000 },
      ],
      to: [{ bank: "violeta", account: to, amountCentavos: 65_000 }],
      purpose: "aluguel",
    });
    expect(transfer.state).toBe("committed");
    await expect.poll(() => balanceOf(d, to)).toBe(65_000);
    await expect.poll(() => balanceOf(c, from3)).toBe(65_000);
    expect(await balanceOf(a, from1)).toBe(80_000);
    await expect
      .poll(async () => (await a.staff.transfers.get({ id: transfer.id })).transfer.settled)
      .toBe(true);
    const [begun, told] = await Promise.all(
      [a, c].map((bank) => bank.staff.transfers.timeline({ id: transfer.id })),
    );
    expect(begun?.durable.begunAt).toBe(transfer.createdAt);
    expect(told?.durable).toMatchObject({ begunAt: null, votedAt: expect.any(String) });
    expect(told?.events.map(({ kind, message, says }) => [kind, message, says])).toEqual(
      expect.arrayContaining([
        ["received", "prepare", null],
        ["replied", "vote", "yes"],
        ["received", "decision", "commit"],
        ["replied", "ack", null],
      ]),
    );
    expect(begun?.events.find(({ message }) => message === "decision")?.signatures).toBeGreaterThan(
      3,
    );
    const { entries } = await d.staff.accounts.statement({ number: to });
    expect(entries).toMatchObject([{ amountCentavos: 65_000, description: "aluguel" }]);
  });

  it("changes nothing anywhere when one account lacks a centavo, and says which", async () => {
    const [a, c] = [banks.bank("azul"), banks.bank("coral")];
    const from1 = await openAccountWith(a, 1_000);
    const from2 = await openAccountWith(c, 999);
    const to = await openAccountWith(banks.bank("verde"), 0);
    const { transfer } = await a.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [
        { bank: "azul", account: from1, amountCentavos: 1_000 },
        { bank: "coral", account: from2, amountCentavos: 1_000 },
      ],
      to: [{ bank: "verde", account: to, amountCentavos: 2_000 }],
    });
    expect(transfer).toMatchObject({
      state: "aborted",
      refusal: {
        code: "insufficient-funds",
        details: { bank: "coral", account: from2, missingCentavos: 1, availableCentavos: 999 },
      },
    });
    await expect.poll(() => balanceOf(a, from1)).toBe(1_000);
    expect((await a.staff.accounts.get({ number: from1 })).holds).toEqual([]);
    expect(await balanceOf(banks.bank("verde"), to)).toBe(0);
  });
});
