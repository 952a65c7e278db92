import { v4, v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { instantOf } from "../src/commit/age.ts";
import { readWhereToBegin } from "../src/restore/where-to-begin.ts";
import {
  accountAt,
  balanceOf,
  newKey,
  openAccountWith,
  startBanks,
  tell,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";
import { alarmsOf } from "./books.ts";
import { decisionOn, descriptorBy, prepareBy } from "./speak-as-bank.ts";

/**
 * coral is a member with a valid key and bad intentions. The guarantee: nothing that it says
 * moves another bank's money without every signature that the protocol demands, and each lie
 * stays in the victim's books as evidence.
 */
let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let coral: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"]);
  [azul, verde, coral] = [banks.bank("azul"), banks.bank("verde"), banks.bank("coral")];
});
afterEach(() => banks.heal());
afterAll(() => banks.stop());

const debit = (account: string, amountCentavos = 500) =>
  ({ account, direction: "debit", amountCentavos }) as const;
const credit = (account: string, amountCentavos = 500) =>
  ({ account, direction: "credit", amountCentavos }) as const;

/** coral asks verde to pay one of coral's own accounts. */
async function theft() {
  const victim = await openAccountWith(verde, 1_000);
  const gain = await openAccountWith(coral, 0);
  const descriptor = descriptorBy("coral", {
    legs: { verde: [debit(victim)], coral: [credit(gain)] },
  });
  return { victim, gain, descriptor, prepare: prepareBy(coral, descriptor) };
}

async function ledgerAndHeld(account: string): Promise<[number, number]> {
  const { ledgerCentavos, heldCentavos } = await accountAt(verde, account);
  return [ledgerCentavos, heldCentavos];
}

describe("a decision", () => {
  it("to commit is not applied without the votes of all, whoever signed it (R45)", async () => {
    const { victim, prepare, descriptor } = await theft();
    await tell(verde, "coral", "commit.prepare", [prepare]);
    const decision = decisionOn(prepare, { outcome: "commit", yes: [], signedBy: coral });
    expect(await tell(verde, "coral", "commit.decide", [decision])).toMatchObject([
      { kind: "refused", code: "invalid-certificate" },
    ]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 500]);
    expect(await alarmsOf(verde, descriptor.id)).toEqual(["invalid-certificate coral"]);
  });

  it("is not believed when a vote in it was signed by somebody else", async () => {
    const { victim, prepare, descriptor } = await theft();
    await tell(verde, "coral", "commit.prepare", [prepare]);
    const decision = decisionOn(prepare, {
      outcome: "commit",
      yes: [
        { of: "verde", signedBy: coral },
        { of: "coral", signedBy: coral },
      ],
      signedBy: coral,
    });
    await tell(verde, "coral", "commit.decide", [decision]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 500]);
    expect(await alarmsOf(verde, descriptor.id)).toEqual(["invalid-signature coral"]);
  });

  it("for a transaction that the bank never saw is not applied", async () => {
    const { victim, prepare, descriptor } = await theft();
    const decision = decisionOn(prepare, {
      outcome: "commit",
      yes: [{ of: "coral", signedBy: coral }],
      signedBy: coral,
    });
    expect(await tell(verde, "coral", "commit.decide", [decision])).toMatchObject([
      { kind: "refused", code: "unknown-transaction" },
    ]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 0]);
    expect(await alarmsOf(verde, descriptor.id)).toEqual(["unknown-transaction coral"]);
  });

  it("lesson 7: that contradicts the first one is evidence, never applied", async () => {
    const victim = await openAccountWith(verde, 1_000);
    const to = await openAccountWith(azul, 0);
    const { transfer } = await azul.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "verde", account: victim, amountCentavos: 500 }],
      to: [{ bank: "azul", account: to, amountCentavos: 500 }],
    });
    await expect.poll(() => ledgerAndHeld(victim)).toEqual([500, 0]);
    const [row] = await verde.sql<{ record: Parameters<typeof decisionOn>[0] }>(
      "SELECT record FROM branch WHERE transaction_id = $1",
      [transfer.id],
    );
    if (row === undefined) throw new Error("verde knows the transfer");
    const abort = decisionOn(row.record, { outcome: "abort", yes: [], signedBy: azul });
    expect(await tell(verde, "azul", "commit.decide", [abort])).toMatchObject([
      { kind: "refused", code: "contradictory-decision" },
    ]);
    expect(await ledgerAndHeld(victim)).toEqual([500, 0]);
    expect(await alarmsOf(verde, transfer.id)).toEqual(["contradictory-decision azul"]);
  });

  it("lesson 6: to abort what was never prepared credits nobody, and is remembered", async () => {
    const { victim, prepare } = await theft();
    const abort = decisionOn(prepare, { outcome: "abort", yes: [], signedBy: coral });
    expect(await tell(verde, "coral", "commit.decide", [abort])).toMatchObject([{ kind: "ack" }]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 0]);
    await tell(verde, "coral", "commit.prepare", [prepare]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 0]);
  });
});

describe("a request to prepare", () => {
  it("in another bank's name is not taken, and says who sent it", async () => {
    const { victim } = await theft();
    const to = await openAccountWith(azul, 0);
    const descriptor = descriptorBy("azul", {
      legs: { verde: [debit(victim)], azul: [credit(to)] },
    });
    const forged = prepareBy(azul, descriptor, coral);
    await tell(verde, "coral", "commit.prepare", [forged]);
    await tell(verde, "azul", "commit.prepare", [forged]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 0]);
    expect(await alarmsOf(verde, descriptor.id)).toEqual([
      "invalid-signature coral",
      "invalid-signature azul",
    ]);
  });

  it("whose id is not of now is refused: it would hide from a bank that learns again (R48)", async () => {
    const { victim, gain } = await theft();
    const legs = { verde: [debit(victim)], coral: [credit(gain)] };
    for (const id of [
      v7({ msecs: Date.now() - 600_000 }),
      v7({ msecs: Date.now() + 600_000 }),
      v4(),
    ]) {
      const prepare = prepareBy(coral, descriptorBy("coral", { id, legs }));
      expect(await tell(verde, "coral", "commit.prepare", [prepare])).toMatchObject([
        { kind: "vote", vote: { vote: "no", reason: { code: "transaction-misdated" } } },
      ]);
    }
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 0]);
    // Nor does the NO on record move where verde would begin to learn.
    const honest = descriptorBy("coral", { legs });
    await tell(verde, "coral", "commit.prepare", [prepareBy(coral, honest)]);
    const begin = await readWhereToBegin(verde.node.bank.pools.api);
    expect(begin).not.toBeNull();
    expect(instantOf(begin ?? "")).toBeLessThan(Date.now());
  });

  it("that was altered after it was signed is not taken", async () => {
    const { victim, prepare, descriptor } = await theft();
    const [first, second] = descriptor.branches;
    if (first === undefined || second === undefined) throw new Error("two branches");
    const dearer = { ...first, work: { ...first.work, legs: [debit(victim, 900)] } };
    const altered = { ...prepare, descriptor: { ...descriptor, branches: [dearer, second] } };
    await tell(verde, "coral", "commit.prepare", [altered]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 0]);
    expect(await alarmsOf(verde, descriptor.id)).toEqual(["invalid-signature coral"]);
  });

  it("with other contents under a known id is turned away, and both versions are kept", async () => {
    const { victim, gain, prepare, descriptor } = await theft();
    await tell(verde, "coral", "commit.prepare", [prepare]);
    const other = descriptorBy("coral", {
      id: descriptor.id,
      legs: { verde: [debit(victim, 900)], coral: [credit(gain, 900)] },
    });
    expect(await tell(verde, "coral", "commit.prepare", [prepareBy(coral, other)])).toMatchObject([
      { kind: "refused", code: "conflicting-descriptor" },
    ]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 500]);
    expect(await alarmsOf(verde, descriptor.id)).toEqual(["conflicting-descriptor coral"]);
    const [evidence] = await verde.sql<{ amount: string }>(
      `SELECT details #>> '{event,message,descriptor,branches,0,work,legs,0,amountCentavos}'
                AS amount
         FROM audit_event WHERE transaction_id = $1 AND action LIKE 'protocol.alarm.%'`,
      [descriptor.id],
    );
    expect(evidence?.amount).toBe("900");
  });

  it("that would make money of nothing is refused: both sides must sum to the same", async () => {
    const gain = await openAccountWith(verde, 0);
    const pays = await openAccountWith(coral, 1);
    const descriptor = descriptorBy("coral", {
      legs: { verde: [credit(gain, 1_000_000)], coral: [debit(pays, 1)] },
    });
    const replies = await tell(verde, "coral", "commit.prepare", [prepareBy(coral, descriptor)]);
    expect(replies).toMatchObject([
      { kind: "vote", vote: { vote: "no", reason: { code: "unbalanced" } } },
    ]);
    expect(await balanceOf(verde, gain)).toBe(0);
  });

  it.each([["coral"], ["coral", "verde", "azul"]])(
    "that names its own witnesses is refused: who decides is the manifest's to say",
    async (...witnesses) => {
      const { victim, gain } = await theft();
      const descriptor = descriptorBy("coral", {
        legs: { verde: [debit(victim)], coral: [credit(gain)] },
        decider: { kind: "register", witnesses },
      });
      const replies = await tell(verde, "coral", "commit.prepare", [prepareBy(coral, descriptor)]);
      expect(replies).toMatchObject([
        { kind: "vote", vote: { vote: "no", reason: { code: "other-decider" } } },
      ]);
      expect(await ledgerAndHeld(victim)).toEqual([1_000, 0]);
    },
  );

  it("lesson 4: is the only way to credit an account here; no bank can post by itself", async () => {
    const account = await openAccountWith(verde, 0);
    const peer = verde.peer("coral");
    const request = { idempotencyKey: newKey(), number: account, amountCentavos: 1_000 };
    await expect(peer.cash.deposit(request)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(
      peer.transfers.create({
        idempotencyKey: newKey(),
        from: [{ bank: "coral", account: "1-9", amountCentavos: 1 }],
        to: [{ bank: "verde", account, amountCentavos: 1 }],
      }),
    ).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(await balanceOf(verde, account)).toBe(0);
  });

  it("may not touch the bank's own accounts", async () => {
    const { descriptor } = await theft();
    const legs = { verde: [debit("cash")], coral: [credit("1-9")] };
    const stolen = descriptorBy("coral", { id: descriptor.id, legs });
    await expect(
      tell(verde, "coral", "commit.prepare", [prepareBy(coral, stolen)]),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("an inquiry", () => {
  it("is answered to parties of the transaction only (R15)", async () => {
    const victim = await openAccountWith(verde, 1_000);
    const to = await openAccountWith(azul, 0);
    const descriptor = descriptorBy("azul", {
      legs: { verde: [debit(victim)], azul: [credit(to)] },
    });
    const prepare = prepareBy(azul, descriptor);
    const inquiry = { ...prepare, kind: "inquiry" };
    expect(await tell(verde, "coral", "commit.inquire", [inquiry])).toMatchObject([
      { kind: "refused", code: "not-named" },
    ]);
    expect(await alarmsOf(verde, descriptor.id)).toEqual(["not-named coral"]);
    // Had it been a party, the inquiry alone would have killed the transfer.
    await tell(verde, "azul", "commit.prepare", [prepare]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 500]);
  });

  it("about a transaction that its coordinator has lost is answered with abort, and an alarm", async () => {
    const victim = await openAccountWith(verde, 1_000);
    const to = await openAccountWith(azul, 0);
    const descriptor = descriptorBy("azul", {
      legs: { verde: [debit(victim)], azul: [credit(to)] },
    });
    const prepare = prepareBy(azul, descriptor);
    await tell(verde, "azul", "commit.prepare", [prepare]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 500]);
    await expect.poll(() => ledgerAndHeld(victim), { timeout: 5_000 }).toEqual([1_000, 0]);
    expect(await alarmsOf(azul, descriptor.id)).toEqual(["lost-record verde"]);
    const { transfers } = await azul.staff.transfers.list({});
    expect(transfers.find(({ id }) => id === descriptor.id)).toMatchObject({
      state: "aborted",
      refusal: { code: "presumed-abort" },
    });
  });
});

describe("a vote", () => {
  it("counts for the bank that signed it only", async () => {
    const [from, to] = [await openAccountWith(verde, 1_000), await openAccountWith(azul, 0)];
    // On its way back, verde's NO is replaced by a YES that coral signed in verde's name.
    banks.meddle((passage) => {
      for (const item of passage.items) {
        const { vote } = item as { vote?: { vote: string; reason: unknown } };
        if (vote !== undefined) Object.assign(vote, { vote: "yes", reason: null });
      }
      return true;
    });
    const { transfer } = await azul.staff.transfers.create({
      idempotencyKey: newKey(),
      from: [{ bank: "verde", account: from, amountCentavos: 1_001 }],
      to: [{ bank: "azul", account: to, amountCentavos: 1_001 }],
      waitMs: 500,
    });
    expect(transfer.state).toBe("preparing");
    expect(await balanceOf(azul, to)).toBe(0);
    expect(await alarmsOf(azul, transfer.id)).toContain("invalid-signature verde");
    banks.heal();
    const outcome = async () => (await azul.staff.transfers.get({ id: transfer.id })).transfer;
    await expect.poll(outcome, { timeout: 5_000 }).toMatchObject({
      state: "aborted",
      refusal: { code: "insufficient-funds" },
    });
  });
});

describe("messages that travel together", () => {
  it("do not suffer for one among them that this bank cannot handle", async () => {
    const { victim, prepare, descriptor } = await theft();
    await tell(verde, "coral", "commit.prepare", [prepare]);
    // A defect of ours, not theirs: the record of this branch does not make sense any more.
    await verde.sql(
      "UPDATE branch SET record = record || '{\"vote\": null}' WHERE transaction_id = $1",
      [descriptor.id],
    );
    const neighbour = await theft();
    const replies = await tell(verde, "coral", "commit.prepare", [prepare, neighbour.prepare]);
    expect(replies).toMatchObject([null, { kind: "vote", vote: { vote: "yes" } }]);
    expect(await ledgerAndHeld(neighbour.victim)).toEqual([1_000, 500]);
    expect(await ledgerAndHeld(victim)).toEqual([1_000, 500]);
    expect(banks.takeErrors().map(({ bank }) => bank)).toContain("verde");
    await verde.sql("UPDATE branch SET wake_at = NULL WHERE transaction_id = $1", [descriptor.id]);
  });
});
