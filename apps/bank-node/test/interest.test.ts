import { addDays, addMonths, saoPauloDate, type LocalDate } from "@pacto/banking";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { monthBefore } from "../src/interest/period.ts";
import {
  accountAt,
  balanceOf,
  newClient,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { expectBalancedBooks } from "./books.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

const today = saoPauloDate(new Date());
const month = monthBefore(today);
const firstDay = `${month}-01` as LocalDate;

/** Lets everything that was posted so far have been posted on a day of the past. */
async function postedOn(day: LocalDate): Promise<void> {
  await azul.sql(
    `SET session_replication_role = replica;
     UPDATE posting SET at = '${day} 15:00:00Z' WHERE at > now() - interval '1 day';
     UPDATE account SET opened_at = '${day} 15:00:00Z' WHERE opened_at > now() - interval '1 day';
     SET session_replication_role = origin`,
  );
}

async function savingsWith(centavos: number): Promise<string> {
  const { account } = await azul.staff.accounts.open({
    idempotencyKey: newKey(),
    kind: "savings",
    holders: [await newClient(azul)],
    openingDepositCentavos: centavos,
  });
  return account.number;
}

function setRate(kind: "savings" | "overdraft", since: string, yearlyRatePpm: number) {
  return azul.staff.interest.setRate({ idempotencyKey: newKey(), kind, since, yearlyRatePpm });
}

function apply(number: string, more: { yearlyRatePpm?: number; to?: string } = {}) {
  return azul.staff.interest.applyRate({
    idempotencyKey: newKey(),
    number,
    yearlyRatePpm: 50_000,
    from: addMonths(today, -12),
    to: today,
    ...more,
  });
}

async function runToItsEnd(): Promise<void> {
  const run = { idempotencyKey: newKey(), month };
  const { job } = await azul.staff.interest.run(run);
  expect((await azul.staff.interest.run(run)).job.id).toBe(job.id);
  await vi.waitFor(
    async () => expect((await azul.staff.jobs.get({ id: job.id })).job.status).toBe("done"),
    { timeout: 20_000, interval: 50 },
  );
}

describe("interest applied by hand", () => {
  it("on 9,980.00 at 5 % a year for one year gives 10,479.00", async () => {
    const number = await openAccountWith(azul, 998_000);
    const applied = await apply(number);
    expect(applied).toMatchObject({ interestCentavos: 49_900, balanceAfterCentavos: 1_047_900 });
    expect(await balanceOf(azul, number)).toBe(1_047_900);
  });

  it("lesson 19: is not applied twice, by the same request or by another for the same time", async () => {
    const number = await openAccountWith(azul, 100_000);
    const input = { idempotencyKey: newKey(), number, yearlyRatePpm: 50_000 };
    const time = { from: addMonths(today, -12), to: today };
    const first = await azul.staff.interest.applyRate({ ...input, ...time });
    expect(await azul.staff.interest.applyRate({ ...input, ...time })).toEqual(first);
    expect(await refusalOf(apply(number))).toMatchObject({ code: "interest-already-applied" });
    const together = await Promise.allSettled(
      [1, 2, 3].map(() => apply(number, { to: addDays(today, 1) })),
    );
    expect(together.every(({ status }) => status === "rejected")).toBe(true);
    expect(await balanceOf(azul, number)).toBe(105_000);
  });

  it("needs a positive rate, a period that ends after it begins, and something to bear it", async () => {
    const number = await openAccountWith(azul, 100);
    for (const yearlyRatePpm of [0, -50_000]) {
      expect(await refusalOf(apply(number, { yearlyRatePpm }))).toMatchObject({
        code: "rate-not-positive",
      });
    }
    const backwards = await refusalOf(apply(number, { to: addMonths(today, -13) }));
    expect(backwards).toMatchObject({ code: "period-backwards" });
    const empty = await openAccountWith(azul, 0);
    expect(await refusalOf(apply(empty))).toMatchObject({ code: "interest-too-small" });
  });

  it("is simulated before, to the same centavo", async () => {
    const simulated = await azul.staff.interest.simulate({
      amountCentavos: 998_000,
      yearlyRatePpm: 50_000,
      from: addMonths(today, -12),
      to: today,
    });
    expect(simulated).toMatchObject({ interestCentavos: 49_900, totalCentavos: 1_047_900 });
    const input = { amountCentavos: 1, yearlyRatePpm: 0, from: "2026-01-01", to: "2027-01-01" };
    const noRate = await refusalOf(azul.staff.interest.simulate(input));
    expect(noRate).toMatchObject({ code: "rate-not-positive" });
  });
});

describe("interest of a month", () => {
  it("is posted on savings and overdrafts once, however often it is run", async () => {
    const none = await refusalOf(azul.staff.interest.run({ idempotencyKey: newKey(), month }));
    expect(none).toMatchObject({ code: "rate-not-set" });
    const saver = await savingsWith(1_000_000);
    const idle = await savingsWith(0);
    const spender = await openAccountWith(azul, 0, { overdraftCentavos: 50_000 });
    await azul.staff.cash.withdraw({
      idempotencyKey: newKey(),
      number: spender,
      amountCentavos: 50_000,
    });
    await postedOn(addDays(firstDay, -5));
    await setRate("savings", addDays(firstDay, -40), 60_000);
    await setRate("overdraft", addDays(firstDay, -40), 1_200_000);
    const days = Number(addDays(addMonths(firstDay, 1), -1).slice(8));
    const earned = Math.round((1_000_000 * 0.06 * days) / 365);
    const owed = Math.round((50_000 * 1.2 * days) / 365);
    await Promise.all([runToItsEnd(), runToItsEnd(), runToItsEnd()]);
    expect(await balanceOf(azul, saver)).toBe(1_000_000 + earned);
    expect(await balanceOf(azul, idle)).toBe(0);
    // Owed although the overdraft is used up: it grew by as much.
    expect(await accountAt(azul, spender)).toMatchObject({
      ledgerCentavos: -50_000 - owed,
      availableCentavos: 0,
    });
    const { entries } = await azul.staff.accounts.statement({ number: saver });
    expect(entries[0]).toMatchObject({ kind: "savings-interest", description: month });
    const changed = await refusalOf(setRate("savings", addDays(firstDay, 3), 70_000));
    expect(changed).toMatchObject({ code: "rate-in-the-past" });
    await expectBalancedBooks([azul]);
  });

  it("is not run before the month is over", async () => {
    const early = azul.staff.interest.run({ idempotencyKey: newKey(), month: today.slice(0, 7) });
    expect(await refusalOf(early)).toMatchObject({ code: "month-not-over" });
  });
});
