import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  accountAt,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
});
afterEach(() => banks.heal());
afterAll(() => banks.stop());

const side = (bank: BankInProcess, account: string, amountCentavos: number) => ({
  bank: bank.id,
  account,
  amountCentavos,
});

describe("the preview of a transfer", () => {
  it("says of every account what prepare would, names the payee in part, and holds nothing", async () => {
    const [rich, poor] = [await openAccountWith(azul, 1_000), await openAccountWith(verde, 10)];
    const to = await openAccountWith(azul, 0);
    const request = {
      from: [side(azul, rich, 500), side(verde, poor, 11)],
      to: [side(azul, to, 511)],
    };
    const preview = await azul.staff.transfers.preview(request);
    expect(preview.feasible).toBe(false);
    const [ofRich, ofTo, ofPoor] = preview.lines;
    expect([ofRich, ofTo].map((line) => `${line?.account} ${line?.status}`)).toEqual([
      `${rich} ok`,
      `${to} ok`,
    ]);
    expect(ofTo?.holderMasked).toMatch(/^Cliente \d\.$/);
    const { transfer } = await azul.staff.transfers.create({
      idempotencyKey: newKey(),
      ...request,
    });
    expect(ofPoor).toMatchObject({ bank: "verde", status: "refused", refusal: transfer.refusal });
    expect(await accountAt(azul, rich)).toMatchObject({ heldCentavos: 0, version: 1 });
    expect(await accountAt(verde, poor)).toMatchObject({ heldCentavos: 0, version: 1 });
  });

  it("does not take a silent bank for one that refuses", async () => {
    const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(verde, 0)];
    banks.meddle(() => false);
    const request = { from: [side(azul, from, 1)], to: [side(verde, to, 1)] };
    const { feasible, lines } = await azul.staff.transfers.preview(request);
    expect(feasible).toBe(false);
    expect(lines).toMatchObject([
      { bank: "azul", status: "ok", refusal: null },
      { bank: "verde", status: "unknown", refusal: { code: "bank-unreachable" } },
    ]);
  });

  it("refuses what makes no sense before anybody is asked", async () => {
    const from = await openAccountWith(azul, 1_000);
    const preview = (to: ReturnType<typeof side>) =>
      refusalOf(azul.staff.transfers.preview({ from: [side(azul, from, 2)], to: [to] }));
    expect(await preview(side(azul, from, 2))).toMatchObject({ code: "same-account-both-sides" });
    expect(await preview(side(verde, from, 1))).toEqual({
      code: "unbalanced",
      details: { differenceCentavos: 1 },
    });
    expect(await preview({ ...side(verde, from, 2), bank: "rosa" })).toMatchObject({
      code: "unknown-bank",
    });
  });
});
