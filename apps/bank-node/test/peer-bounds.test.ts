import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  balanceOf,
  type BankInProcess,
  type BanksInProcess,
  newKey,
  openAccountWith,
  startBanks,
} from "./banks-in-process.ts";

/** What one coordinator may hold at verde while it has not decided (R47). */
const CAPS = { openPerPeer: 1, heldPerPeerCentavos: 1_000, branchesPerTransaction: 2 };

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let payer: string;
let payee: string;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"], {
    caps: (bank) => (bank === "verde" ? CAPS : {}),
  });
  [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
  payer = await openAccountWith(verde, 5_000);
  payee = await openAccountWith(azul, 0);
});
afterAll(() => banks.stop());
beforeEach(() => banks.heal());

async function draw(amountCentavos: number, from = azul) {
  const to = from === azul ? payee : await openAccountWith(from, 0);
  const { transfer } = await from.staff.transfers.create({
    idempotencyKey: newKey(),
    from: [{ bank: "verde", account: payer, amountCentavos }],
    to: [{ bank: from.id, account: to, amountCentavos }],
  });
  return { state: transfer.state, code: transfer.refusal?.code };
}

const exposed = { state: "aborted", code: "peer-exposure" };

describe("a coordinator that prepares and does not decide", () => {
  it("holds no more transactions open than its cap, and keeps out nobody else", async () => {
    banks.meddle(({ from, to, procedure }) => {
      const isEnd = procedure === "commit.decide" || procedure === "commit.inquire";
      return !(isEnd && (from === "azul" || to === "azul"));
    });
    expect((await draw(300)).state).toBe("committed");
    expect(await draw(100)).toEqual(exposed);
    expect((await draw(100, banks.bank("coral"))).state).toBe("committed");
    banks.heal();
    await expect.poll(() => balanceOf(verde, payer), { timeout: 20_000 }).toBe(4_600);
    expect((await draw(100)).state).toBe("committed");
  });

  it("holds no more money than its cap, in one transaction as little as in many", async () => {
    expect(await draw(1_001)).toEqual(exposed);
    await expect.poll(async () => (await draw(1_000)).state, { timeout: 20_000 }).toBe("committed");
  });

  it("binds no more banks in one transaction than the bank takes part with", async () => {
    const others = [
      await openAccountWith(azul, 500),
      await openAccountWith(banks.bank("coral"), 0),
    ];
    const { transfer } = await azul.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [
        { bank: "verde", account: payer, amountCentavos: 10 },
        { bank: "azul", account: others[0] ?? "", amountCentavos: 10 },
      ],
      to: [{ bank: "coral", account: others[1] ?? "", amountCentavos: 20 }],
    });
    expect(transfer).toMatchObject({ state: "aborted", refusal: { code: "too-many-branches" } });
  });
});
