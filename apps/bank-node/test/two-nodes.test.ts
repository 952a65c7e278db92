import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accountAt,
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

/** Row locks, unique keys and compare-and-set decide, never the memory of one process. */
let banks: BanksInProcess;
let nodes: readonly [BankInProcess, BankInProcess];
let other: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  nodes = [banks.bank("azul"), await banks.replica("azul")];
  other = banks.bank("verde");
});
afterAll(() => banks.stop());

const HAMMERS = 150;

function retries(): number {
  return nodes.reduce((sum, { node }) => sum + node.bank.engine.counters.retries, 0);
}

describe("two nodes of one bank", () => {
  it("lesson 20: post to the same accounts at once, and every centavo is where it belongs", async () => {
    const [ana, bruno] = [
      await openAccountWith(nodes[0], 100_000),
      await openAccountWith(nodes[1], 100_000),
    ];
    const before = retries();
    const work = nodes.flatMap(({ staff }, at) =>
      Array.from({ length: HAMMERS }, (_, number) => {
        const idempotencyKey = newKey();
        // Opposite orders on purpose: one node moves money one way, the other one back.
        const [from, to] = at === 0 ? [ana, bruno] : [bruno, ana];
        const side = (account: string) => ({ bank: "azul", account, amountCentavos: 10 });
        if (number % 3 === 0) {
          return staff.cash.deposit({ idempotencyKey, number: from, amountCentavos: 7 });
        }
        if (number % 3 === 1) {
          return staff.cash.withdraw({ idempotencyKey, number: to, amountCentavos: 7 });
        }
        return staff.transfers.create({ idempotencyKey, from: [side(from)], to: [side(to)] });
      }),
    );
    await Promise.all(work);
    // Both nodes deposited to one and withdrew from the other as often.
    expect([await balanceOf(nodes[1], ana), await balanceOf(nodes[0], bruno)]).toEqual([
      100_000, 100_000,
    ]);
    const versions = await Promise.all([accountAt(nodes[0], ana), accountAt(nodes[0], bruno)]);
    expect(versions.map(({ version }) => version)).toEqual([
      1 + 2 * HAMMERS - (2 * HAMMERS) / 3,
      1 + 2 * HAMMERS - (2 * HAMMERS) / 3,
    ]);
    await expectBalancedBooks([...nodes.slice(0, 1)]);
    // Locks are taken in one order: waiting is normal, a storm of deadlocks is not.
    expect(retries() - before).toBeLessThan(10);
  });

  it("do a request once although both receive it with one key", async () => {
    const account = await openAccountWith(nodes[0], 0);
    const requests = Array.from({ length: 30 }, () => ({
      idempotencyKey: newKey(),
      number: account,
      amountCentavos: 10,
    }));
    const answers = await Promise.all(
      requests.map((request) =>
        Promise.all([
          ...nodes.map(({ staff }) => staff.cash.deposit(request)),
          ...nodes.map(({ staff }) => staff.cash.deposit(request)),
        ]),
      ),
    );
    for (const [first, ...rest] of answers) for (const same of rest) expect(same).toEqual(first);
    expect(await balanceOf(nodes[1], account)).toBe(300);
  });

  it("create one transfer between banks, whichever of them is asked, and how often", async () => {
    const [from, to] = [await openAccountWith(nodes[0], 1_000), await openAccountWith(other, 0)];
    const request = {
      idempotencyKey: newKey(),
      from: [{ bank: "azul", account: from, amountCentavos: 100 }],
      to: [{ bank: "verde", account: to, amountCentavos: 100 }],
      waitMs: 20_000,
    };
    const asked = [...nodes, ...nodes, ...nodes].map(({ staff }) =>
      staff.transfers.create(request),
    );
    const answers = (await Promise.all(asked)).map(({ transfer }) => transfer);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    // Nobody waits for its whole patience because the other node decided.
    expect(answers.map(({ state }) => state)).toEqual(answers.map(() => "committed"));
    await expectBalancedBooks([nodes[0], other]);
    expect(await balanceOf(other, to)).toBe(100);
  }, 15_000);

  it("never spend the same money twice", async () => {
    const account = await openAccountWith(nodes[0], 1_000);
    const attempts = Array.from({ length: 40 }, (_, at) => {
      const { staff } = nodes[at % 2] ?? nodes[0];
      const idempotencyKey = newKey();
      return staff.cash.withdraw({ idempotencyKey, number: account, amountCentavos: 100 });
    });
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(await balanceOf(nodes[0], account)).toBe(0);
    const refusal = await refusalOf(
      nodes[1].staff.cash.withdraw({
        idempotencyKey: newKey(),
        number: account,
        amountCentavos: 1,
      }),
    );
    expect(refusal.code).toBe("insufficient-funds");
  });

  it("decide a transfer once, though both of them wake up for it", async () => {
    const [from, to] = [await openAccountWith(nodes[0], 5_000), await openAccountWith(other, 0)];
    const transfers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        (nodes[at % 2] ?? nodes[0]).staff.transfers.create({
          idempotencyKey: newKey(),
          from: [{ bank: "azul", account: from, amountCentavos: 100 }],
          to: [{ bank: "verde", account: to, amountCentavos: 100 }],
          waitMs: 0,
        }),
      ),
    );
    expect(new Set(transfers.map(({ transfer }) => transfer.id)).size).toBe(40);
    await expectBalancedBooks([nodes[0], other], 20_000);
    const states = await Promise.all(
      transfers.map(async ({ transfer: { id } }) => {
        const { transfer } = await nodes[1].staff.transfers.get({ id });
        return transfer.state;
      }),
    );
    const committed = states.filter((state) => state === "committed").length;
    expect(await balanceOf(other, to)).toBe(committed * 100);
    expect(await balanceOf(nodes[0], from)).toBe(5_000 - committed * 100);
  });
});
