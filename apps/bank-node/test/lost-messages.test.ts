import type { Manifest } from "@pacto/contract";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  startBanks,
  tell,
  type BankInProcess,
  type BanksInProcess,
  type Passage,
} from "./banks-in-process.ts";
import { alarmsOf, expectBalancedBooks, wakeAll } from "./books.ts";

const LOCAL = { kind: "local" } as const;
const REGISTER = { kind: "register", witnesses: ["azul", "verde", "coral"] } as const;
const MEMBERS = ["azul", "verde", "coral"];

interface Payment {
  readonly coordinator: BankInProcess;
  readonly payer: BankInProcess;
  readonly payee: BankInProcess;
  readonly from: string;
  readonly to: string;
}

/** Loses the first passage that fits; tells whether it has. */
function loseOnce(banks: BanksInProcess, fits: (passage: Passage) => boolean): () => boolean {
  let isLost = false;
  banks.meddle((passage) => {
    if (isLost || !fits(passage)) return true;
    isLost = true;
    return false;
  });
  return () => isLost;
}

describe.each([
  ["decided by the coordinator", LOCAL],
  ["decided by a register of witnesses", { ...REGISTER, witnesses: [...REGISTER.witnesses] }],
] satisfies [string, Manifest["decider"]][])("a transfer %s", (_, decider) => {
  const gaveUp =
    decider.kind === "local" ? /^banks-silent$/u : /^(banks-silent|aborted-by-register)$/u;
  let banks: BanksInProcess;
  let all: BankInProcess[];
  beforeAll(async () => {
    banks = await startBanks(MEMBERS, { decider });
    all = MEMBERS.map((id) => banks.bank(id));
  });
  afterEach(async () => {
    banks.heal();
    await expectBalancedBooks(all);
  });
  afterAll(() => banks.stop());

  async function payment(): Promise<Payment> {
    const [coordinator, payer, payee] = all;
    if (!coordinator || !payer || !payee) throw new Error("three banks");
    const [from, to] = [await openAccountWith(payer, 1_000), await openAccountWith(payee, 0)];
    return { coordinator, payer, payee, from, to };
  }

  async function pay({ coordinator, payer, payee, from, to }: Payment, waitMs = 5_000) {
    const { transfer } = await coordinator.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: payer.id, account: from, amountCentavos: 400 }],
      to: [{ bank: payee.id, account: to, amountCentavos: 400 }],
      waitMs,
    });
    return transfer;
  }

  async function expectPaidOnce({ payer, payee, from, to }: Payment): Promise<void> {
    await expectBalancedBooks(all);
    expect([await balanceOf(payer, from), await balanceOf(payee, to)]).toEqual([600, 400]);
    const { entries } = await payee.staff.accounts.statement({ number: to });
    expect(entries).toHaveLength(1);
  }

  async function expectUntouched({ payer, payee, from, to }: Payment): Promise<void> {
    await expectBalancedBooks(all);
    expect([await balanceOf(payer, from), await balanceOf(payee, to)]).toEqual([1_000, 0]);
    expect((await payer.staff.accounts.get({ number: from })).holds).toEqual([]);
  }

  it.each([
    ["prepare", "commit.prepare", false],
    ["vote", "commit.prepare", true],
    ["decision", "commit.decide", false],
    ["ack", "commit.decide", true],
  ])("survives a lost %s", async (__, procedure, isReply) => {
    const paid = await payment();
    const wasLost = loseOnce(
      banks,
      (passage) =>
        passage.procedure === procedure &&
        passage.isReply === isReply &&
        (isReply ? passage.from : passage.to) === "verde",
    );
    const transfer = await pay(paid);
    expect(transfer.state).toBe("committed");
    await expectPaidOnce(paid);
    expect(wasLost()).toBe(true);
  });

  it("is done once though every message comes twice, and once more at the end", async () => {
    const paid = await payment();
    const sent: Passage[] = [];
    banks.meddle(async (passage) => {
      if (passage.isReply) return true;
      sent.push(passage);
      await tell(banks.bank(passage.to), passage.from, passage.procedure, passage.items);
      return true;
    });
    const transfer = await pay(paid);
    expect(transfer.state).toBe("committed");
    await expectPaidOnce(paid);
    banks.heal();
    for (const { from, to, procedure, items } of sent.toReversed()) {
      await tell(banks.bank(to), from, procedure, items);
    }
    await expectPaidOnce(paid);
    for (const bank of all) expect(await alarmsOf(bank, transfer.id)).toEqual([]);
  });

  it("lesson 31: is refused where its prepare comes after its end, and leaves no hold", async () => {
    const paid = await payment();
    const late: Passage[] = [];
    banks.meddle((passage) => {
      const isLate = passage.procedure === "commit.prepare" && passage.to === "verde";
      if (isLate && !passage.isReply) late.push(passage);
      // Asked by another bank in doubt, verde would give the transfer up before its time.
      return !isLate && passage.procedure !== "commit.inquire";
    });
    const transfer = await pay(paid);
    expect(transfer).toMatchObject({
      state: "aborted",
      refusal: { code: expect.stringMatching(gaveUp) as string },
    });
    await expectUntouched(paid);
    const prepare = late[0]?.items ?? [];
    expect(await tell(paid.payer, "azul", "commit.prepare", prepare)).not.toMatchObject([
      { kind: "vote", vote: { vote: "yes" } },
    ]);
    await expectUntouched(paid);
    const { branch } = await paid.payer.staff.transfers.branch({ id: transfer.id });
    expect(branch?.state).toBe("aborted");
  });

  it("lesson 16: is given up with the names of the banks that never answered", async () => {
    const paid = await payment();
    banks.meddle(({ procedure }) => procedure !== "commit.prepare");
    const silent = [paid.payer.id, paid.payee.id].filter((id) => id !== paid.coordinator.id);
    expect(await pay(paid)).toMatchObject({
      state: "aborted",
      refusal: { code: "banks-silent", details: { banks: silent.join(", ") } },
    });
    await expectUntouched(paid);
  });

  it("lesson 9: is undone at a bank whose vote was lost, too, when the time is up", async () => {
    const paid = await payment();
    banks.meddle(({ procedure, isReply, from, to }) => {
      const isVote = procedure === "commit.prepare" && isReply && from === "verde";
      const isInquiry = procedure === "commit.inquire" && (from === "verde" || to === "verde");
      return !isVote && !isInquiry;
    });
    const transfer = await pay(paid, 0);
    expect(transfer.state).toBe("preparing");
    await expect.poll(() => heldAt(paid)).toBe(400);
    await expect
      .poll(
        async () => (await paid.coordinator.staff.transfers.get({ id: transfer.id })).transfer,
        {
          timeout: 10_000,
        },
      )
      // With a register, the coordinator or a bank in doubt: whoever gives it up first says why.
      .toMatchObject({
        state: "aborted",
        refusal: { code: expect.stringMatching(gaveUp) as string },
      });
    await expectUntouched(paid);
  });

  it("is undone everywhere when one bank refuses, with its reason", async () => {
    const paid = await payment();
    await paid.payer.staff.cash.withdraw({
      idempotencyKey: newKey(),
      number: paid.from,
      amountCentavos: 601,
    });
    const transfer = await pay(paid);
    expect(transfer).toMatchObject({
      state: "aborted",
      refusal: {
        code: "insufficient-funds",
        details: { bank: "verde", account: paid.from, missingCentavos: 1 },
      },
      branches: expect.arrayContaining([
        { bank: "verde", vote: "no", decision: "applied" },
      ]) as unknown,
    });
    await expectBalancedBooks(all);
    expect(await balanceOf(paid.payee, paid.to)).toBe(0);
  });

  it("is given up for good by a bank that is asked about it before it has voted", async () => {
    const paid = await payment();
    let held: Passage | undefined;
    let deliver: () => void = () => undefined;
    const arrival = new Promise<boolean>((resolve) => {
      deliver = () => resolve(true);
    });
    banks.meddle((passage) => {
      const isFirst = passage.procedure === "commit.prepare" && passage.to === "verde";
      if (!isFirst || passage.isReply) return true;
      held ??= passage;
      return arrival;
    });
    const transfer = pay(paid);
    await expect.poll(() => held?.items).toBeDefined();
    const [prepare] = (held?.items ?? []) as { kind: string }[];
    const inquiry = { ...prepare, kind: "inquiry" };
    const answers = await tell(paid.payer, "coral", "commit.inquire", [inquiry]);
    expect(answers).toMatchObject([{ kind: "answer", state: "aborted" }]);
    deliver();
    expect(await transfer).toMatchObject({
      state: "aborted",
      refusal: { code: "inquired-before-prepare", details: { bank: "verde" } },
    });
    await expectUntouched(paid);
  });

  async function heldAt({ payer, from }: Payment): Promise<number> {
    await wakeAll(payer);
    return (await payer.staff.accounts.get({ number: from })).account.heldCentavos;
  }
});
