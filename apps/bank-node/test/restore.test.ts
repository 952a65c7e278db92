import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

/** A bank whose database was put back from a backup must not lose what its peers can prove. */
let banks: BanksInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"]);
});
afterAll(() => banks.stop());

async function pay(
  coordinator: BankInProcess,
  from: { bank: string; account: string },
  to: { bank: string; account: string },
  amountCentavos: number,
) {
  const { transfer } = await coordinator.staff.transfers.create({
    idempotencyKey: newKey(),
    from: [{ ...from, amountCentavos }],
    to: [{ ...to, amountCentavos }],
  });
  await expect
    .poll(
      async () => (await coordinator.staff.transfers.get({ id: transfer.id })).transfer.settled,
      { timeout: 10_000 },
    )
    .toBe(true);
  return transfer;
}

describe("a bank restored from a backup", () => {
  it("re-learns from its peers what was committed since, and only then votes again (R48)", async () => {
    const azulAccount = await openAccountWith(banks.bank("azul"), 100_000);
    const verdeAccount = await openAccountWith(banks.bank("verde"), 100_000);
    const azul = { bank: "azul", account: azulAccount };
    const verde = { bank: "verde", account: verdeAccount };
    await pay(banks.bank("azul"), azul, verde, 1_000);

    const backup = await banks.backUp("azul");
    await banks.startAgain("azul");
    const asCoordinator = await pay(banks.bank("azul"), azul, verde, 20_000);
    const asParticipant = await pay(banks.bank("coral"), verde, azul, 5_000);
    expect(await balanceOf(banks.bank("azul"), azulAccount)).toBe(84_000);

    const abandoned = await banks.backUp("azul");
    await abandoned.drop();
    const restored = await banks.startAgain("azul", backup);
    expect(restored.node.bank.incarnation).toBeGreaterThan(1);
    await expect
      .poll(async () => (await restored.staff.operations.drainState()).mode, { timeout: 10_000 })
      .toBe("normal");

    expect(await balanceOf(restored, azulAccount)).toBe(84_000);
    const { transfer } = await restored.staff.transfers.get({ id: asCoordinator.id });
    expect(transfer.state).toBe("committed");
    const { branch } = await restored.staff.transfers.branch({ id: asParticipant.id });
    expect(branch?.state).toBe("committed");
    const { sum } = (
      await restored.sql<{ sum: string }>("SELECT sum(amount)::text AS sum FROM entry")
    )[0] ?? { sum: "none" };
    expect(sum).toBe("0");

    const again = await pay(banks.bank("verde"), verde, azul, 700);
    expect(again.state).toBe("committed");
    expect(await balanceOf(restored, azulAccount)).toBe(84_700);
    // Its own numbers go on above those that it gave away before the restore (R31).
    await pay(restored, azul, verde, 100);
    expect(await balanceOf(restored, azulAccount)).toBe(84_600);
    const { rows } = await restored.node.bank.pools.api.query<{ sequence: number }>(
      "SELECT sequence::float8 AS sequence FROM global_transaction ORDER BY created_at, sequence",
    );
    const numbers = rows.map(({ sequence }) => sequence);
    expect(numbers.at(-1)).toBeGreaterThan(Math.max(...numbers.slice(0, -1)));
  });

  it("votes no while a peer has not told what was forgotten", async () => {
    const coralAccount = await openAccountWith(banks.bank("coral"), 10_000);
    const verdeAccount = await openAccountWith(banks.bank("verde"), 0);
    const backup = await banks.backUp("coral");
    banks.meddle(({ from, to, procedure }) => {
      const isAsked = procedure === "commit.recover" && [from, to].includes("azul");
      return !isAsked;
    });
    const restored = await banks.startAgain("coral", backup);
    const { transfer } = await banks.bank("verde").staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "coral", account: coralAccount, amountCentavos: 100 }],
      to: [{ bank: "verde", account: verdeAccount, amountCentavos: 100 }],
    });
    expect(transfer.state).toBe("aborted");
    expect((await restored.staff.operations.drainState()).mode).toBe("recovering");
    const own = restored.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "coral", account: coralAccount, amountCentavos: 100 }],
      to: [{ bank: "verde", account: verdeAccount, amountCentavos: 100 }],
    });
    expect((await refusalOf(own)).code).toBe("bank-recovering");
    banks.heal();
    await expect
      .poll(async () => (await restored.staff.operations.drainState()).mode, { timeout: 10_000 })
      .toBe("normal");
    banks.takeErrors();
  });
});
