import type { Manifest } from "@pacto/contract";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  accountAt,
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  tell,
  type BankInProcess,
  type BanksInProcess,
  type Meddle,
} from "./banks-in-process.ts";
import { expectBalancedBooks, wakeAll } from "./books.ts";
import { descriptorBy, prepareBy } from "./speak-as-bank.ts";

const MEMBERS = ["azul", "verde", "coral"];
const REGISTER: Manifest["decider"] = { kind: "register", witnesses: MEMBERS };

let banks: BanksInProcess;
const [azul, verde, coral] = MEMBERS.map((id) => () => banks.bank(id)) as [
  () => BankInProcess,
  () => BankInProcess,
  () => BankInProcess,
];

interface Payment {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** azul coordinates: verde pays 4.00 to coral. The answer does not wait for the decision. */
async function startPayment(from: string, to: string): Promise<Payment> {
  const { transfer } = await azul().staff.transfers.create({
    idempotencyKey: newKey(),
    from: [{ bank: "verde", account: from, amountCentavos: 400 }],
    to: [{ bank: "coral", account: to, amountCentavos: 400 }],
    waitMs: 0,
  });
  return { id: transfer.id, from, to };
}

async function accounts(): Promise<[string, string]> {
  return [await openAccountWith(verde(), 1_000), await openAccountWith(coral(), 0)];
}

/** Nothing reaches azul or leaves it from the moment that `when` says so. */
function silenceAzulFrom(when: Meddle): { readonly isSilent: () => boolean } {
  let isSilent = false;
  banks.meddle(async (passage) => {
    isSilent ||= await when(passage);
    return !(isSilent && [passage.from, passage.to].includes("azul"));
  });
  return { isSilent: () => isSilent };
}

async function stateAt(bank: BankInProcess, id: string): Promise<string | undefined> {
  await wakeAll(bank);
  return (await bank.staff.transfers.branch({ id })).branch?.state;
}

async function poll(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(read, { timeout: 10_000, interval: 50 }).toEqual(expected);
}

async function expectHeldAndVisible({ id, from, to }: Payment): Promise<void> {
  const [payer, payee] = [await accountAt(verde(), from), await accountAt(coral(), to)];
  expect(payer).toMatchObject({
    ledgerCentavos: 1_000,
    heldCentavos: 400,
    availableCentavos: 600,
  });
  expect(payee).toMatchObject({ ledgerCentavos: 0, incomingCentavos: 400 });
  const { branches } = await verde().staff.transfers.inDoubt();
  expect(branches).toMatchObject([
    { transactionId: id, coordinator: "azul", heldCentavos: 400, waitingFor: ["azul"] },
  ]);
  const spend = { idempotencyKey: newKey(), number: from, amountCentavos: 601 };
  expect((await refusalOf(verde().staff.cash.withdraw(spend))).code).toBe("insufficient-funds");
}

describe("a bank in doubt, where the coordinator decides", () => {
  beforeAll(async () => {
    banks = await startBanks(MEMBERS);
  });
  afterEach(async () => {
    banks.heal();
    await expectBalancedBooks([azul(), verde(), coral()]);
  });
  afterAll(() => banks.stop());

  it("learns the outcome from another bank when the coordinator falls silent (R28)", async () => {
    const [from, to] = await accounts();
    // The decision reaches coral; then azul is gone, and verde has not heard of it.
    banks.meddle(
      ({ procedure, from: sender, to: receiver, isReply }) =>
        !(procedure === "commit.decide" && receiver === "verde" && sender === "azul") &&
        !(procedure === "commit.decide" && isReply) &&
        !(procedure === "commit.inquire" && [sender, receiver].includes("azul")),
    );
    const { id } = await startPayment(from, to);
    await poll(() => stateAt(coral(), id), "committed");
    await poll(() => stateAt(verde(), id), "committed");
    expect(await balanceOf(verde(), from)).toBe(600);
    expect(await balanceOf(coral(), to)).toBe(400);
  });

  it("passes on what it learned, so that one informed survivor is enough (R29)", async () => {
    const [from, to] = await accounts();
    const isFromAzul = ({ from: sender, to: receiver }: { from: string; to: string }) =>
      [sender, receiver].includes("azul");
    const told: string[] = [];
    banks.meddle((passage) => {
      const { procedure, isReply } = passage;
      if (procedure === "commit.decide" && !isReply) told.push(`${passage.from}>${passage.to}`);
      if (procedure === "commit.decide" && isFromAzul(passage)) return passage.to === "coral";
      return !(procedure === "commit.inquire" && isFromAzul(passage));
    });
    const { id } = await startPayment(from, to);
    await poll(() => stateAt(verde(), id), "committed");
    await expect.poll(() => told).toContain("verde>azul");
  });

  it("lesson 32: stays in doubt for as long as nobody can tell, its money held and visible", async () => {
    const [from, to] = await accounts();
    const { isSilent } = silenceAzulFrom(
      ({ procedure, isReply }) => procedure === "commit.decide" && !isReply,
    );
    const payment = await startPayment(from, to);
    await expect.poll(isSilent).toBe(true);
    const asked = async () => {
      const bothAskedOften = await Promise.all(
        [verde(), coral()].map(async (bank) => {
          await wakeAll(bank);
          const [row] = await bank.sql<{ attempts: number }>(
            "SELECT (record ->> 'attempts')::int AS attempts FROM branch WHERE transaction_id = $1",
            [payment.id],
          );
          return (row?.attempts ?? 0) > 6;
        }),
      );
      return bothAskedOften.every(Boolean);
    };
    await poll(asked, true);
    await expectHeldAndVisible(payment);
    banks.heal();
    await poll(() => stateAt(verde(), payment.id), "committed");
    await poll(() => stateAt(coral(), payment.id), "committed");
    expect(await balanceOf(coral(), to)).toBe(400);
  });

  it("lesson 8: is remembered over restarts, and settled by whoever serves the bank then", async () => {
    const [from, to] = await accounts();
    const { isSilent } = silenceAzulFrom(
      ({ procedure, isReply }) => procedure === "commit.decide" && !isReply,
    );
    const payment = await startPayment(from, to);
    await expect.poll(isSilent).toBe(true);
    const verdeAgain = await banks.startAgain("verde");
    await expectHeldAndVisible(payment);
    banks.heal();
    await poll(() => stateAt(verdeAgain, payment.id), "committed");
    expect(await balanceOf(verdeAgain, from)).toBe(600);
  });
});

describe("a bank in doubt, where a register of three witnesses decides", () => {
  beforeAll(async () => {
    banks = await startBanks(MEMBERS, { decider: REGISTER });
  });
  afterEach(async () => {
    banks.heal();
    await expectBalancedBooks([azul(), verde(), coral()]);
  });
  afterAll(() => banks.stop());

  it.each([
    { kind: "local" as const },
    { kind: "register" as const, witnesses: ["azul"] },
    { kind: "register" as const, witnesses: ["azul", "coral", "rubi"] },
  ])("promises nothing that others than the manifest's witnesses would decide", async (decider) => {
    const [from, to] = await accounts();
    const legs = {
      verde: [{ account: from, direction: "debit" as const, amountCentavos: 400 }],
      coral: [{ account: to, direction: "credit" as const, amountCentavos: 400 }],
    };
    const prepare = prepareBy(azul(), descriptorBy("azul", { legs, decider }));
    expect(await tell(verde(), "azul", "commit.prepare", [prepare])).toMatchObject([
      { kind: "vote", vote: { vote: "no", reason: { code: "other-decider" } } },
    ]);
  });

  it("resolves without its coordinator: nobody had accepted anything, so it is given up", async () => {
    const [from, to] = await accounts();
    // Both have voted; the votes never reach azul, and nothing else does.
    silenceAzulFrom(({ procedure, isReply }) => procedure === "commit.prepare" && isReply);
    const { id } = await startPayment(from, to);
    await poll(() => stateAt(verde(), id), "aborted");
    await poll(() => stateAt(coral(), id), "aborted");
    expect((await verde().staff.accounts.get({ number: from })).holds).toEqual([]);
    expect(await balanceOf(verde(), from)).toBe(1_000);
    banks.heal();
    const outcome = async () => {
      await wakeAll(azul());
      return (await azul().staff.transfers.get({ id })).transfer.state;
    };
    await poll(outcome, "aborted");
  });

  it("resolves without its coordinator: one witness had accepted the commit, so it stands", async () => {
    const [from, to] = await accounts();
    // azul proposes: its own witness and verde's accept, then it is gone before it can tell.
    let isSilent = false;
    banks.meddle(({ procedure, from: sender, to: receiver, isReply }) => {
      const concernsAzul = [sender, receiver].includes("azul");
      if (isSilent && concernsAzul) return false;
      if (procedure !== "commit.accept" || !concernsAzul) return true;
      isSilent ||= isReply;
      return receiver === "verde" && !isReply;
    });
    const { id } = await startPayment(from, to);
    await poll(() => stateAt(verde(), id), "committed");
    await poll(() => stateAt(coral(), id), "committed");
    expect(await balanceOf(verde(), from)).toBe(600);
    expect(await balanceOf(coral(), to)).toBe(400);
    banks.heal();
    const outcome = async () => {
      await wakeAll(azul());
      return (await azul().staff.transfers.get({ id })).transfer.state;
    };
    await poll(outcome, "committed");
  });
});

describe("a coordinator whose process stops for ever", () => {
  let stopAt: string | undefined;
  let goOn: () => void = () => undefined;
  const stuck = new Promise<void>((resolve) => {
    goOn = resolve;
  });

  beforeAll(async () => {
    banks = await startBanks(MEMBERS, {
      crashPoint: (bank, name) => (bank === "azul" && name === stopAt ? stuck : undefined),
    });
  });
  afterAll(async () => {
    goOn();
    await banks.stop();
  });

  it.each([
    ["before it asks anybody", "send:prepare"],
    ["with all votes in memory", "coordinator:votes-gathered"],
    ["after its decision, before it tells anybody", "send:decision"],
  ])("is finished by another node of its bank: %s (K11)", async (_, name) => {
    const [from, to] = await accounts();
    stopAt = name;
    const { id } = await startPayment(from, to);
    const second = await banks.replica("azul");
    const settled = async () => {
      await wakeAll(azul());
      return (await second.staff.transfers.get({ id })).transfer.settled;
    };
    await poll(settled, true);
    const { transfer } = await second.staff.transfers.get({ id });
    await expectBalancedBooks([second, verde(), coral()]);
    expect(await balanceOf(coral(), to)).toBe(transfer.state === "committed" ? 400 : 0);
  });

  // Its votes, decisions and messages come too late to matter (fault S1).
  it("changes nothing when it goes on after all", async () => {
    const before = await azul().sql("SELECT id, state FROM global_transaction ORDER BY id");
    stopAt = undefined;
    goOn();
    await expectBalancedBooks([azul(), verde(), coral()]);
    expect(await azul().sql("SELECT id, state FROM global_transaction ORDER BY id")).toEqual(
      before,
    );
  });
});
