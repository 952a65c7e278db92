import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  balanceOf,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

/** Two persons may end a doubt that nobody can end otherwise (R32). */
let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let coral: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"]);
  [azul, verde, coral] = [banks.bank("azul"), banks.bank("verde"), banks.bank("coral")];
});
afterAll(() => banks.stop());
beforeEach(() => banks.heal());

const REASON = "The coordinator burned down, its books with it.";
const person = (id: string) =>
  verde.as({
    kind: "staff",
    id,
    name: id,
    homeBank: "verde",
    roles: ["operator", "supervisor", "teller"],
  });

/** Azul coordinates a payment from verde to coral; both vote yes and hear no decision. */
async function leaveInDoubt(): Promise<{ readonly id: string; readonly account: string }> {
  const account = await openAccountWith(verde, 1_000);
  const to = await openAccountWith(coral, 0);
  banks.meddle(({ to: bank, procedure, from }) =>
    procedure === "commit.prepare" ? true : bank !== "azul" && from !== "azul",
  );
  const { transfer } = await azul.staff.transfers.create({
    idempotencyKey: newKey(),
    from: [{ bank: "verde", account, amountCentavos: 400 }],
    to: [{ bank: "coral", account: to, amountCentavos: 400 }],
  });
  return { id: transfer.id, account };
}

function request(id: string) {
  const input = { transactionId: id, outcome: "abort" as const, reason: REASON };
  return person("ana").operations.requestHeuristic(input);
}

describe("a decision by two persons", () => {
  it("is possible while banks answer that know no more than this one", async () => {
    const { id, account } = await leaveInDoubt();
    const { request: asked } = await request(id);
    const own = person("ana").operations.decideHeuristic({ id: asked.id, approve: true });
    expect((await refusalOf(own)).code).toBe("own-request");
    const { request: done } = await person("bruno").operations.decideHeuristic({
      id: asked.id,
      approve: true,
    });
    expect(done).toMatchObject({ status: "done", decidedBy: "verde/bruno" });
    expect(await balanceOf(verde, account)).toBe(1_000);
    // Never shown as the consortium's own outcome.
    const { branch } = await verde.staff.transfers.branch({ id });
    expect(branch?.state).toBe("heuristic-abort");
    const audit = await verde.sql<{ action: string }>(
      "SELECT action FROM audit_event WHERE transaction_id = $1 AND action LIKE 'heuristic.%' ORDER BY id",
      [id],
    );
    expect(audit.map(({ action }) => action)).toEqual(["heuristic.request", "heuristic.done"]);
  });

  it("is refused as long as the outcome can be had, and the outcome is taken up", async () => {
    const { id, account } = await leaveInDoubt();
    const asked = await request(id);
    // The way to the coordinator is open again, which has committed.
    banks.heal();
    const refused = person("bruno").operations.decideHeuristic({
      id: asked.request.id,
      approve: true,
    });
    expect(["truth-available", "not-in-doubt"]).toContain((await refusalOf(refused)).code);
    await expect
      .poll(async () => (await verde.staff.transfers.branch({ id })).branch?.state, {
        timeout: 10_000,
      })
      .toBe("committed");
    expect(await balanceOf(verde, account)).toBe(600);
  });

  it("is one with its approval: a request closed meanwhile moves nothing", async () => {
    const { id } = await leaveInDoubt();
    const asked = await request(id);
    const { commit } = verde.node.bank;
    await person("carla").operations.decideHeuristic({ id: asked.request.id, approve: false });
    const late = commit.decideHeuristically(id, "abort", (set) => {
      set.extras.push({
        name: "approve-heuristic-request",
        text: "SELECT approve_heuristic_request($1, $2)",
        values: [asked.request.id, "verde/bruno"],
      });
    });
    await expect(late).rejects.toThrow(/is not open/);
    const { branch } = await verde.staff.transfers.branch({ id });
    expect(branch?.state).toBe("prepared");
  });
});

describe("lesson 36: an approval", () => {
  it("is not given by the person who asked", async () => {
    const { id } = await leaveInDoubt();
    const { request: asked } = await request(id);
    const own = person("ana").operations.decideHeuristic({ id: asked.id, approve: true });
    expect((await refusalOf(own)).code).toBe("own-request");
    const { rowCount } = await verde.node.bank.pools.api.query(
      "SELECT FROM heuristic_request WHERE id = $1 AND status = 'open'",
      [asked.id],
    );
    expect(rowCount).toBe(1);
  });

  it("counts for what was asked: a request's content can never change, and it is used once", async () => {
    const { id } = await leaveInDoubt();
    const { request: asked } = await request(id);
    const { api } = verde.node.bank.pools;
    const changes = [
      "outcome = 'commit'",
      "reason = 'quite another'",
      "requested_by = 'verde/eva'",
    ];
    for (const change of changes) {
      const changed = api.query(`UPDATE heuristic_request SET ${change} WHERE id = $1`, [asked.id]);
      await expect(changed).rejects.toThrow(/says what was asked/);
    }
    const decide = () =>
      person("bruno").operations.decideHeuristic({ id: asked.id, approve: true });
    const [first, second] = await Promise.allSettled([decide(), decide()]);
    expect([first.status, second.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    const reopened = api.query("UPDATE heuristic_request SET status = 'open' WHERE id = $1", [
      asked.id,
    ]);
    await expect(reopened).rejects.toThrow();
  });
});

describe("a placed hold", () => {
  it("says what was promised: not even the bank's own service role may change it", async () => {
    const { id } = await leaveInDoubt();
    const { api } = verde.node.bank.pools;
    const change = api.query("UPDATE hold SET amount = 1 WHERE transaction_id = $1", [id]);
    await expect(change).rejects.toThrow(/may only end/);
  });
});
