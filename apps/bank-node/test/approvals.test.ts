import type { ApprovalRequest } from "@pacto/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../src/staff/actor.ts";
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

let banks: BanksInProcess;
let azul: BankInProcess;
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
});
afterAll(() => banks.stop());

function person(id: string, roles: readonly Role[], homeBank = "azul") {
  return azul.as({ kind: "staff", id, name: id, homeBank, roles });
}
const teller = () => person("tina", ["teller"]);
const supervisor = (id = "sara") => person(id, ["supervisor"]);
const REASON = "The customer is at the counter.";

async function ask(by: ReturnType<typeof person>, request: ApprovalRequest) {
  const asked = { idempotencyKey: newKey(), request, reason: REASON };
  return (await by.approvals.request(asked)).approval;
}

function decision({ id, hash }: { readonly id: string; readonly hash: string }) {
  return { idempotencyKey: newKey(), id, hash };
}

function unblock(number: string): ApprovalRequest {
  return { kind: "accounts.unblock", payload: { number, reason: REASON } };
}

function blocked(number: string) {
  return supervisor().accounts.block({
    idempotencyKey: newKey(),
    number,
    reason: REASON,
    what: "debits" as const,
  });
}

/** Raises what the account may spend at once: the kind that is asked for under every rule. */
function raise(account: string, perDayCentavos = 500): ApprovalRequest {
  const terms = { perTransactionCentavos: null, perDayCentavos, perNightCentavos: null };
  return { kind: "limits.set", payload: { owner: { account }, terms } };
}

async function setRules(isRequired: boolean, amountFromCentavos: number | null): Promise<void> {
  const payload = { isRequired, amountFromCentavos };
  const asked = await ask(person("rita", ["supervisor"]), { kind: "approvals.setRules", payload });
  const { approval } = await supervisor().approvals.approve(decision(asked));
  expect(approval.status).toBe("executed");
}

describe("lesson 36: an approval", () => {
  it("is not given by the person who asked, by whatever role", async () => {
    const account = await openAccountWith(azul, 100);
    const asked = await ask(supervisor("both"), raise(account));
    const own = supervisor("both").approvals.approve(decision(asked));
    expect((await refusalOf(own)).code).toBe("own-request");
    const rejectOwn = supervisor("both").approvals.reject({
      idempotencyKey: newKey(),
      id: asked.id,
    });
    expect((await refusalOf(rejectOwn)).code).toBe("own-request");
    // Somebody of another bank who happens to have the same id is another person.
    const { approval } = await person("both", ["supervisor"], "verde").approvals.approve(
      decision(asked),
    );
    expect(approval).toMatchObject({ status: "executed", decidedBy: "verde/both" });
  });

  it("is not given by a role that may not, nor asked for by one that only decides", async () => {
    const account = await openAccountWith(azul, 100);
    const asked = await ask(teller(), raise(account));
    for (const role of ["teller", "auditor", "operator", "user-admin"] as const) {
      const call = person("otto", [role]).approvals.approve(decision(asked));
      expect((await refusalOf(call)).code).toBe("not-allowed");
    }
    const payload = { number: account, amountCentavos: 50, description: "" };
    const begun = ask(supervisor(), { kind: "cash.withdraw", payload });
    expect((await refusalOf(begun)).code).toBe("not-allowed");
  });

  it("counts for what was read, and a request can never change", async () => {
    const account = await openAccountWith(azul, 100);
    const asked = await ask(teller(), raise(account));
    const other = await ask(teller(), raise(await openAccountWith(azul, 100), 600));
    const wrong = supervisor().approvals.approve(decision({ id: asked.id, hash: other.hash }));
    expect((await refusalOf(wrong)).code).toBe("approval-changed");
    const { api } = azul.node.bank.pools;
    for (const change of ["payload = '{}'", "reason = 'another one'", "made_by = 'azul/eva'"]) {
      const changed = api.query(`UPDATE approval SET ${change} WHERE id = $1`, [asked.id]);
      await expect(changed).rejects.toThrow(/says what was asked/);
    }
    // Behind the triggers' back: the hash still tells.
    await azul.sql("ALTER TABLE approval DISABLE TRIGGER approval_as_asked");
    await azul.sql(
      `UPDATE approval SET payload = jsonb_set(payload, '{terms,perDayCentavos}', '900000')
        WHERE id = $1`,
      [asked.id],
    );
    await azul.sql("ALTER TABLE approval ENABLE TRIGGER approval_as_asked");
    const late = supervisor().approvals.approve(decision(asked));
    expect((await refusalOf(late)).code).toBe("approval-changed");
  });

  it("is the only one about its resource, until it is withdrawn by its maker", async () => {
    const account = await openAccountWith(azul, 100);
    const asked = await ask(teller(), raise(account));
    expect((await refusalOf(ask(teller(), raise(account, 700)))).code).toBe("approval-open");
    const { id } = asked;
    const byOther = person("zoe", ["teller"]).approvals.withdraw({ idempotencyKey: newKey(), id });
    expect((await refusalOf(byOther)).code).toBe("request-not-open");
    const { approval } = await teller().approvals.withdraw({ idempotencyKey: newKey(), id });
    expect(approval.status).toBe("withdrawn");
    const late = supervisor().approvals.approve(decision(asked));
    expect((await refusalOf(late)).code).toBe("request-not-open");
    await ask(teller(), raise(account, 700));
  });

  it("expires, and then makes room", async () => {
    const account = await openAccountWith(azul, 100);
    const asked = await ask(teller(), raise(account));
    await azul.sql("ALTER TABLE approval DISABLE TRIGGER approval_as_asked");
    await azul.sql("UPDATE approval SET expires_at = now() WHERE id = $1", [asked.id]);
    await azul.sql("ALTER TABLE approval ENABLE TRIGGER approval_as_asked");
    const late = supervisor().approvals.approve(decision(asked));
    expect((await refusalOf(late)).code).toBe("approval-expired");
    const { approval } = await teller().approvals.get({ id: asked.id });
    expect(approval).toMatchObject({ status: "expired", isForReader: false });
    await ask(teller(), raise(account));
  });
});

describe("what takes two persons", () => {
  it("is refused to one, done for two, and not seen by others", async () => {
    const account = await openAccountWith(azul, 100);
    await blocked(account);
    await setRules(true, null);
    const alone = supervisor().accounts.unblock({
      idempotencyKey: newKey(),
      number: account,
      reason: REASON,
    });
    expect((await refusalOf(alone)).code).toBe("approval-needed");
    const asked = await ask(teller(), unblock(account));
    const before = (await supervisor().approvals.list({ openOnly: true })).forReader;
    expect(before).toBeGreaterThan(0);
    const stranger = person("zoe", ["teller"]).approvals.get({ id: asked.id });
    expect((await refusalOf(stranger)).code).toBe("approval-not-found");
    const { approval } = await supervisor().approvals.approve(decision(asked));
    expect(approval).toMatchObject({ status: "executed", subject: account });
    expect((await accountAt(azul, account)).debitsBlocked).toBe(false);
    const after = await supervisor().approvals.list({ openOnly: true });
    expect(after.forReader).toBe(before - 1);
    await setRules(false, null);
  });

  it("looks at the funds when it is done, and records why it was refused", async () => {
    const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(azul, 0)];
    await setRules(false, 500);
    const sides = (amountCentavos: number) => ({
      from: [{ bank: "azul", account: from, amountCentavos }],
      to: [{ bank: "azul", account: to, amountCentavos }],
    });
    await teller().transfers.create({ idempotencyKey: newKey(), ...sides(400) });
    const key = newKey();
    const large = () => teller().transfers.create({ idempotencyKey: key, ...sides(500) });
    expect((await refusalOf(large())).code).toBe("approval-needed");
    const requests = await Promise.all(
      [500, 501].map((amount) =>
        ask(teller(), { kind: "transfers.create", payload: { ...sides(amount), purpose: "" } }),
      ),
    );
    const [first, second] = requests as [(typeof requests)[0], (typeof requests)[0]];
    const done = await supervisor().approvals.approve(decision(first));
    expect(done.approval.status).toBe("executed");
    const short = await supervisor().approvals.approve(decision(second));
    expect(short.approval).toMatchObject({
      status: "refused",
      refusal: { code: "insufficient-funds" },
    });
    expect(await balanceOf(azul, to)).toBe(900);
    await setRules(false, null);
    // The key that was refused for want of an approval was not used up.
    expect((await large()).transfer.refusal?.code).toBe("insufficient-funds");
  });
});

describe("an approved request", () => {
  it("is done once, whoever takes it up: two who approve, a second node, a crash between", async () => {
    const [from, to] = [await openAccountWith(azul, 1_000), await openAccountWith(azul, 0)];
    const payload = {
      from: [{ bank: "azul", account: from, amountCentavos: 300 }],
      to: [{ bank: "azul", account: to, amountCentavos: 300 }],
      purpose: "",
    };
    const asked = await ask(teller(), { kind: "transfers.create", payload });
    const both = await Promise.allSettled(
      ["sara", "silvia"].map((id) => supervisor(id).approvals.approve(decision(asked))),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await balanceOf(azul, to)).toBe(300);

    // As after a crash between the decision and the act: only the row knows.
    const left = await ask(teller(), { kind: "transfers.create", payload });
    await azul.sql(
      `UPDATE approval SET status = 'approved', decided_by = 'azul/sara', decided_at = now(),
              wake_at = now() WHERE id = $1`,
      [left.id],
    );
    await expect
      .poll(async () => (await teller().approvals.get({ id: left.id })).approval.status, {
        timeout: 20_000,
      })
      .toBe("executed");
    expect(await balanceOf(azul, to)).toBe(600);
    // Taken up again although it was done: the crash came before that was written.
    await azul.sql("ALTER TABLE approval DISABLE TRIGGER approval_as_asked");
    await azul.sql("UPDATE approval SET status = 'approved', wake_at = now() WHERE id = $1", [
      left.id,
    ]);
    await azul.sql("ALTER TABLE approval ENABLE TRIGGER approval_as_asked");
    await expect
      .poll(async () => (await teller().approvals.get({ id: left.id })).approval.status, {
        timeout: 20_000,
      })
      .toBe("executed");
    expect(await balanceOf(azul, to)).toBe(600);
    const audit = await azul.sql<{ action: string }>(
      "SELECT action FROM audit_event WHERE subject = $1 ORDER BY id",
      [asked.id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      "approvals.request",
      "approvals.approve",
      "approvals.executed",
    ]);
  });
});
