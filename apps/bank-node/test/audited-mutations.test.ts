import { saoPauloDate, addMonths } from "@pacto/banking";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "../src/router.ts";
import type { Role, StaffActor } from "../src/staff/actor.ts";
import {
  cpf,
  newClient,
  newKey,
  openAccountWith,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
  type Caller,
} from "./banks-in-process.ts";

/** I15: whatever somebody changes, the audit says who, in which role and session, from where. */
let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;
let account: string;
let other: string;
let client: string;
/** Another account of `account`'s holder. */
let second: string;
beforeAll(async () => {
  banks = await startBanks(["azul", "verde", "coral"]);
  [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
  [account, other] = [await openAccountWith(azul, 9_000_000), await openAccountWith(azul, 9_000)];
  client = await newClient(azul);
  const { account: whole } = await azul.staff.accounts.get({ number: account });
  const holders = whole.holders.map(({ clientId }) => clientId);
  const opened = await azul.staff.accounts.open({ ...key(), kind: "savings", holders });
  second = opened.account.number;
  await azul.sql(
    `INSERT INTO staff_member (id, name, email, roles)
     VALUES ('ana', 'Ana', 'ana@azul.test', '{teller,user-admin}')`,
  );
  await azul.staff.cash.moveVault({
    idempotencyKey: newKey(),
    direction: "in",
    amountCentavos: 100_000,
    reason: "Supply",
  });
});
afterAll(() => banks.stop());

const ROLES = ["teller", "supervisor", "operator"] as const;

const ACTOR: StaffActor = {
  kind: "staff",
  id: "ana",
  name: "Ana",
  homeBank: "azul",
  session: "session-7",
  roles: ROLES,
};
const ADDRESS = "192.0.2.7";

/** The same person with one role more. */
function anaAs(role: Role) {
  return appRouter.createCaller({
    bank: azul.node.bank,
    correlationId: "request-1",
    address: ADDRESS,
    actor: { ...ACTOR, roles: [...ACTOR.roles, role] },
  });
}
const auditor = () => anaAs("auditor");

function ana(bank = azul): Caller {
  const at = { correlationId: "request-1", address: ADDRESS };
  return appRouter.createCaller({ bank: bank.node.bank, actor: ACTOR, ...at });
}

const REASON = "A reason that says why.";
const key = () => ({ idempotencyKey: newKey() });
const sides = (amountCentavos: number) => ({
  from: [{ bank: "azul", account, amountCentavos }],
  to: [{ bank: "azul", account: other, amountCentavos }],
});
const terms = { perTransactionCentavos: 5_000, perDayCentavos: null, perNightCentavos: null };

async function asked(): Promise<{ id: string; hash: string }> {
  const owner = { account: await openAccountWith(azul, 0) };
  const request = { kind: "limits.set", payload: { owner, terms } } as const;
  return (await azul.staff.approvals.request({ ...key(), request, reason: REASON })).approval;
}

async function debit(): Promise<{ id: string; signedBy: string }> {
  const holders = [await newClient(azul), await newClient(azul)];
  const opened = await azul.staff.accounts.open({
    ...key(),
    kind: "joint",
    holders,
    signing: "both",
    openingDepositCentavos: 500,
  });
  const { number } = opened.account;
  const cash = { number, amountCentavos: 100, description: "" };
  const made = await azul.staff.debits.ask({
    ...key(),
    number,
    askedBy: holders[0] ?? "",
    request: { kind: "withdrawal", cash },
  });
  return { id: made.debit.id, signedBy: holders[1] ?? "" };
}

async function loan(by: Caller) {
  const firstDueOn = addMonths(saoPauloDate(new Date()), 1);
  const made = await by.loans.create({
    ...key(),
    system: "sac",
    principalCentavos: 1_000,
    ratePpm: 10_000,
    installments: 2,
    firstDueOn,
    disburseTo: account,
  });
  return made.loan.number;
}

async function webhook(by: Caller): Promise<string> {
  const url = "https://hooks.example.com/pacto";
  const made = await by.webhooks.create({ ...key(), url, types: ["pix.*"] });
  return made.endpoint.id;
}

const plan = (by: Caller) =>
  by.plans.create({
    ...key(),
    transfer: { ...sides(1), purpose: "" },
    firstAt: "2099-01-01T00:00:00.000Z",
  });
const template = (by: Caller) =>
  by.plans.saveTemplate({ ...key(), name: newKey(), transfer: { ...sides(1), purpose: "" } });
const charge = (by: Caller) =>
  by.pix.charges.create({
    ...key(),
    key: "ana@example.com",
    terms: { kind: "immediate", amountCentavos: 1 },
  });
const CSV = () => `from;to;amount\nazul/${account};azul/${other};0,01\n`;

async function heuristic(by: Caller) {
  const from = await openAccountWith(verde, 1_000);
  const to = await openAccountWith(banks.bank("coral"), 0);
  banks.meddle(({ to: bank, procedure, from: who }) =>
    procedure === "commit.prepare" ? true : bank !== "azul" && who !== "azul",
  );
  const { transfer } = await azul.staff.transfers.create({
    ...key(),
    from: [{ bank: "verde", account: from, amountCentavos: 400 }],
    to: [{ bank: "coral", account: to, amountCentavos: 400 }],
  });
  const asking = { transactionId: transfer.id, outcome: "abort", reason: REASON } as const;
  return (await by.operations.requestHeuristic(asking)).request;
}

/** A claim between the two banks, as it stands once the bank that has the key knows of it. */
async function claim(from: BankInProcess, to: BankInProcess): Promise<string> {
  claims += 1;
  const taxId = cpf(400_000_000 + claims);
  const opened = [from, to].map(async ({ staff }) => {
    const person = await staff.clients.create({ ...key(), name: "Caio", taxId });
    const holders = [person.client.id];
    const made = await staff.accounts.open({ ...key(), kind: "checking", holders });
    return made.account.number;
  });
  const [there = "", here = ""] = await Promise.all(opened);
  await from.staff.pix.registerKey({ ...key(), account: there, key: taxId });
  const made = await to.staff.pix.claims.open({ ...key(), account: here, key: taxId });
  const { id } = made.claim;
  const read = async () => (await to.staff.pix.claims.get({ id, side: "claimer" })).claim.state;
  await expect.poll(read, { timeout: 20_000 }).toBe("waiting-resolution");
  return id;
}
let claims = 0;

const order = (by: Caller) =>
  by.pix.schedules.create({
    ...key(),
    account,
    amountCentavos: 1,
    firstOn: addMonths(saoPauloDate(new Date()), 1),
    to: { bank: "azul", account: other },
  });

/** Within the bank: each side of it is a row of its own. */
const mandate = (by: Caller) =>
  by.pix.mandates.propose({
    ...key(),
    account: other,
    payer: { bank: "azul", account },
    terms: {
      fixedCentavos: null,
      ceilingCentavos: 5,
      every: "month",
      endsOn: null,
      startsOn: saoPauloDate(new Date()),
      description: "",
    },
  });

async function arrivedMandate(): Promise<string> {
  const { id } = (await mandate(azul.staff)).mandate;
  const arrived = async () =>
    (await azul.staff.pix.mandates.list({ side: "payer" })).mandates.map((one) => one.id);
  await expect.poll(arrived, { timeout: 20_000 }).toContain(id);
  return id;
}

const request = (by: Caller) =>
  by.pix.requests.send({
    ...key(),
    account: other,
    payer: { bank: "azul", account },
    amountCentavos: 1,
  });

async function arrivedRequest(): Promise<string> {
  const { id } = (await request(azul.staff)).request;
  const arrived = async () =>
    (await azul.staff.pix.requests.list({ side: "payer" })).requests.map((one) => one.id);
  await expect.poll(arrived, { timeout: 20_000 }).toContain(id);
  return id;
}

/** A PIX between two new accounts of the bank, to be reported. */
async function fraud() {
  const [from, to] = [await openAccountWith(azul, 100), await openAccountWith(azul, 0)];
  const { key: evp } = await azul.staff.pix.registerKey({ ...key(), account: to });
  const { pix } = await azul.staff.pix.send({
    ...key(),
    fromAccount: from,
    key: evp?.key ?? "",
    amountCentavos: 100,
  });
  return { ...key(), account: from, endToEndId: pix.endToEndId, description: REASON };
}

/** A session of Ana's, as one that was left open elsewhere. */
async function leftSession(): Promise<string> {
  const id = newKey();
  await azul.sql(
    `INSERT INTO staff_session (id, token, user_id, factor, expires_at)
     VALUES ($1, $1, 'ana', 'totp', now() + interval '5 minutes')`,
    [id],
  );
  return id;
}

/** Somebody who may be suspended, let in again, and helped to get in. */
async function colleague(): Promise<{ id: string; reason: string }> {
  const id = newKey();
  await azul.sql(
    `INSERT INTO staff_member (id, name, email, roles, two_factor_enabled)
     VALUES ($1, 'Bia', $1 || '@azul.test', '{teller}', true)`,
    [id],
  );
  return { id, reason: REASON };
}

type Act = (by: Caller) => Promise<unknown>;

/** One sound use of each mutation. `nothing` changes nothing: it is a query with a large input. */
const ACTS: Readonly<Record<string, Act | "nothing">> = {
  "accounts.open": (by) => by.accounts.open({ ...key(), kind: "checking", holders: [client] }),
  "accounts.block": (by) =>
    by.accounts.block({ ...key(), number: other, reason: REASON, what: "debits" }),
  "accounts.unblock": (by) => by.accounts.unblock({ ...key(), number: other, reason: REASON }),
  "accounts.close": async (by) =>
    by.accounts.close({ ...key(), number: await openAccountWith(azul, 0), reason: REASON }),
  "accounts.reopen": async (by) => {
    const number = await openAccountWith(azul, 0);
    await azul.staff.accounts.close({ ...key(), number, reason: REASON });
    return by.accounts.reopen({ ...key(), number, reason: REASON });
  },
  "accounts.changeTerms": (by) =>
    by.accounts.changeTerms({ ...key(), number: other, reason: REASON, overdraftCentavos: 100 }),
  "approvals.request": async (by) => {
    const owner = { account: await openAccountWith(azul, 0) };
    const request = { kind: "limits.set", payload: { owner, terms } } as const;
    return by.approvals.request({ ...key(), request, reason: REASON });
  },
  "approvals.approve": async (by) => {
    const { id, hash } = await asked();
    return by.approvals.approve({ ...key(), id, hash });
  },
  "approvals.reject": async (by) => by.approvals.reject({ ...key(), id: (await asked()).id }),
  "approvals.withdraw": async (by) => {
    const owner = { account: await openAccountWith(azul, 0) };
    const request = { kind: "limits.set", payload: { owner, terms } } as const;
    const { approval } = await by.approvals.request({ ...key(), request, reason: REASON });
    return by.approvals.withdraw({ ...key(), id: approval.id });
  },
  "cash.deposit": (by) => by.cash.deposit({ ...key(), number: account, amountCentavos: 1 }),
  "cash.withdraw": (by) => by.cash.withdraw({ ...key(), number: account, amountCentavos: 1 }),
  "cash.reverse": async (by) => {
    const made = await by.cash.deposit({ ...key(), number: account, amountCentavos: 1 });
    return by.cash.reverse({ ...key(), postingId: made.postingId, reason: REASON });
  },
  "cash.openDrawer": (by) => by.cash.openDrawer({ ...key(), floatCentavos: 500 }),
  "cash.handOver": async (by) => {
    await azul.staff.cash.openDrawer({ ...key(), floatCentavos: 0 });
    return by.cash.handOver({ ...key(), to: "azul/t1", amountCentavos: 100 });
  },
  "cash.closeDrawer": (by) => by.cash.closeDrawer({ ...key(), count: [] }),
  "cash.moveVault": (by) =>
    by.cash.moveVault({ ...key(), direction: "in", amountCentavos: 100, reason: REASON }),
  "cash.setRules": (by) =>
    by.cash.setRules({ ...key(), drawersRequired: false, withdrawalMaxCentavos: null }),
  "clients.create": (by) =>
    by.clients.create({ ...key(), name: "Bia Souza", taxId: cpf(300_000_001) }),
  "clients.update": (by) => by.clients.update({ ...key(), id: client, version: 1, city: "Natal" }),
  "clients.reveal": (by) => by.clients.reveal({ id: client, reason: REASON }),
  "debits.ask": async (by) => {
    const number = await openAccountWith(azul, 500);
    const { account: asOne } = await azul.staff.accounts.get({ number });
    const cash = { number, amountCentavos: 1, description: "" };
    const askedBy = asOne.holders[0]?.clientId ?? "";
    return by.debits.ask({ ...key(), number, askedBy, request: { kind: "withdrawal", cash } });
  },
  "debits.sign": async (by) => by.debits.sign({ ...key(), ...(await debit()) }),
  "debits.withdraw": async (by) => by.debits.withdraw({ ...key(), id: (await debit()).id }),
  "interest.setRate": (by) =>
    by.interest.setRate({
      ...key(),
      kind: "savings",
      yearlyRatePpm: 60_000,
      since: "2026-01-01",
    }),
  "interest.applyRate": (by) =>
    by.interest.applyRate({
      ...key(),
      number: account,
      yearlyRatePpm: 1_000,
      from: "2025-01-01",
      to: "2026-01-01",
    }),
  "interest.run": (by) => by.interest.run({ ...key(), month: "2026-01" }),
  "exports.listing": () =>
    auditor().exports.listing({ ...key(), listing: { kind: "holders", filter: {} } }),
  "exports.statement": (by) =>
    by.exports.statement({
      ...key(),
      number: other,
      from: "2026-01-01",
      to: "2026-01-31",
      format: "csv",
    }),
  "jobs.cancel": async (by) => {
    const { job } = await by.transfers.startImport({ ...key(), csv: CSV() });
    return by.jobs.cancel({ ...key(), id: job.id });
  },
  "limits.set": (by) => by.limits.set({ ...key(), owner: { account: other }, terms }),
  "loans.create": loan,
  "loans.payByCheck": async (by) =>
    by.loans.payByCheck({
      ...key(),
      number: await loan(by),
      drawer: "Ana Souza",
      checkNumber: "123",
      amountCentavos: 10,
    }),
  "loans.payByTransfer": async (by) =>
    by.loans.payByTransfer({
      ...key(),
      number: await loan(by),
      from: [{ bank: "azul", account, amountCentavos: 10 }],
    }),
  "loans.payOff": async (by) =>
    by.loans.payOff({ ...key(), number: await loan(by), from: account }),
  "loans.charge": (by) => by.loans.charge(key()),
  "operations.drain": (by) => by.operations.drain(),
  "operations.resume": (by) => by.operations.resume(),
  "operations.requestHeuristic": heuristic,
  "operations.decideHeuristic": async (by) => {
    const { id } = await heuristic(verde.staff);
    return by.operations.decideHeuristic({ id, approve: false });
  },
  "notifications.read": "nothing",
  "pix.claims.open": async (by) => {
    const taxId = cpf(410_000_000);
    const opened = [azul, verde].map(async ({ staff }) => {
      const person = await staff.clients.create({ ...key(), name: "Davi", taxId });
      const holders = [person.client.id];
      return staff.accounts.open({ ...key(), kind: "checking", holders });
    });
    const [here, there] = await Promise.all(opened);
    const number = there?.account.number ?? "";
    await verde.staff.pix.registerKey({ ...key(), account: number, key: taxId });
    return by.pix.claims.open({ ...key(), account: here?.account.number ?? "", key: taxId });
  },
  "pix.claims.confirm": async (by) =>
    by.pix.claims.confirm({ ...key(), id: await claim(azul, verde) }),
  "pix.claims.cancel": async (by) =>
    by.pix.claims.cancel({ ...key(), id: await claim(azul, verde), side: "donor" }),
  "pix.claims.complete": async (by) => {
    const id = await claim(verde, azul);
    await verde.staff.pix.claims.confirm({ ...key(), id });
    const read = async () => (await by.pix.claims.get({ id, side: "claimer" })).claim.state;
    await expect.poll(read, { timeout: 20_000 }).toBe("confirmed");
    return by.pix.claims.complete({ ...key(), id });
  },
  "pix.schedules.create": (by) => order(by),
  "pix.schedules.cancel": async (by) =>
    by.pix.schedules.cancel({ ...key(), id: (await order(by)).schedule.id }),
  "pix.mandates.propose": (by) => mandate(by),
  "pix.mandates.accept": async (by) =>
    by.pix.mandates.accept({ ...key(), id: await arrivedMandate() }),
  "pix.mandates.reject": async (by) =>
    by.pix.mandates.reject({ ...key(), id: await arrivedMandate() }),
  "pix.mandates.cancel": async (by) =>
    by.pix.mandates.cancel({ ...key(), id: (await mandate(by)).mandate.id, side: "receiver" }),
  "pix.mandates.charge": async (by) => {
    const id = await arrivedMandate();
    await azul.staff.pix.mandates.accept({ ...key(), id });
    const read = async () => (await by.pix.mandates.get({ id, side: "receiver" })).mandate.state;
    await expect.poll(read, { timeout: 20_000 }).toBe("active");
    const dueOn = addMonths(saoPauloDate(new Date()), 0);
    const rules = { chargeAheadDaysMin: 0 };
    await azul.staff.pix.setRules({ ...key(), rules });
    return by.pix.mandates.charge({ ...key(), id, amountCentavos: 1, dueOn });
  },
  "pix.requests.send": (by) => request(by),
  "pix.requests.accept": async (by) =>
    by.pix.requests.accept({ ...key(), id: await arrivedRequest() }),
  "pix.requests.decline": async (by) =>
    by.pix.requests.decline({ ...key(), id: await arrivedRequest() }),
  "pix.requests.cancel": async (by) =>
    by.pix.requests.cancel({ ...key(), id: (await request(by)).request.id }),
  "pix.returns.report": async (by) => by.pix.returns.report(await fraud()),
  "pix.returns.decide": async (by) => {
    await azul.staff.pix.returns.report(await fraud());
    const held = async () => (await by.pix.returns.holds({ openOnly: true })).holds.length;
    await expect.poll(held, { timeout: 20_000 }).toBeGreaterThan(0);
    const { holds } = await by.pix.returns.holds({ openOnly: true });
    const id = holds[0]?.id ?? "";
    await auditor().pix.returns.decide({ ...key(), id, isAccepted: false, note: REASON });
  },
  "pix.setRules": (by) => by.pix.setRules({ ...key(), rules: { retryMinutes: 30 } }),
  "pix.registerKey": (by) => by.pix.registerKey({ ...key(), account, key: "ana@example.com" }),
  "pix.moveKey": (by) => by.pix.moveKey({ ...key(), account: second, key: "ana@example.com" }),
  "pix.resolveKey": (by) => by.pix.resolveKey({ fromAccount: other, key: "ana@example.com" }),
  "pix.send": (by) =>
    by.pix.send({ ...key(), fromAccount: account, key: "ana@example.com", amountCentavos: 1 }),
  "pix.confirm": (by) => by.pix.confirm({ fromAccount: other, key: "ana@example.com" }),
  "pix.refund": async (by) => {
    const paid = { ...key(), fromAccount: account, key: "ana@example.com", amountCentavos: 1 };
    const { endToEndId } = (await by.pix.send(paid)).pix;
    return by.pix.refund({ endToEndId, id: "dev1", amountCentavos: 1 });
  },
  "pix.webhooks.set": (by) =>
    by.pix.webhooks.set({ ...key(), key: "ana@example.com", url: "http://127.0.0.1:9" }),
  "pix.webhooks.remove": (by) => by.pix.webhooks.remove({ ...key(), key: "ana@example.com" }),
  "pix.charges.create": charge,
  "pix.charges.change": async (by) => {
    const { txid } = (await charge(by)).charge;
    const terms = { kind: "immediate", amountCentavos: 2 } as const;
    return by.pix.charges.change({ ...key(), txid, terms });
  },
  "pix.charges.remove": async (by) =>
    by.pix.charges.remove({ ...key(), txid: (await charge(by)).charge.txid }),
  "pix.removeKey": (by) => by.pix.removeKey({ ...key(), key: "ana@example.com" }),
  "plans.create": plan,
  "plans.cancel": async (by) => by.plans.cancel({ ...key(), id: (await plan(by)).plan.id }),
  "plans.saveTemplate": template,
  "plans.removeTemplate": async (by) =>
    by.plans.removeTemplate({ ...key(), id: (await template(by)).template.id }),
  "reports.settle": async (by) => {
    await azul.staff.transfers.create({
      ...key(),
      from: [{ bank: "azul", account, amountCentavos: 100 }],
      to: [{ bank: "verde", account: await openAccountWith(verde, 0), amountCentavos: 100 }],
    });
    await expect.poll(async () => (await by.reports.positions()).sumCentavos).toBe(0);
    return by.reports.settle(key());
  },
  "sessions.end": async (by) => by.sessions.end({ ...key(), id: await leftSession() }),
  "sessions.endOthers": (by) => by.sessions.endOthers(key()),
  "staff.create": () => {
    const email = `${newKey()}@azul.test`;
    return anaAs("user-admin").staff.create({ ...key(), name: "Bia", email });
  },
  "staff.suspend": async () =>
    anaAs("user-admin").staff.suspend({ ...key(), ...(await colleague()) }),
  "staff.reinstate": async () => {
    const who = await colleague();
    await anaAs("user-admin").staff.suspend({ ...key(), ...who });
    return anaAs("user-admin").staff.reinstate({ ...key(), ...who });
  },
  "staff.resetFactor": async () =>
    anaAs("user-admin").staff.resetFactor({ ...key(), ...(await colleague()) }),
  "staff.resetPassword": async () =>
    anaAs("user-admin").staff.resetPassword({ ...key(), ...(await colleague()) }),
  "transfers.create": (by) => by.transfers.create({ ...key(), ...sides(2) }),
  "transfers.reverse": async (by) => {
    const { transfer } = await by.transfers.create({ ...key(), ...sides(3) });
    return by.transfers.reverse({ ...key(), id: transfer.id, reason: REASON });
  },
  "transfers.previewImport": "nothing",
  "transfers.startImport": (by) => by.transfers.startImport({ ...key(), csv: CSV() }),
  "webhooks.create": webhook,
  "webhooks.change": async (by) =>
    by.webhooks.change({ ...key(), id: await webhook(by), status: "paused" }),
  "webhooks.rotate": async (by) => by.webhooks.rotate({ ...key(), id: await webhook(by) }),
  "webhooks.replay": async (by) =>
    by.webhooks.replay({ ...key(), id: await webhook(by), fromSequence: 1 }),
};

/** Where the audit calls the act by another name than the procedure. */
const NAMES: Readonly<Record<string, string>> = {
  "cash.withdraw": "cash.withdrawal",
  "transfers.startImport": "transfers.import",
  "operations.drain": "operations.mode",
  "operations.resume": "operations.mode",
  "operations.requestHeuristic": "heuristic.request",
  "operations.decideHeuristic": "heuristic.withdrawn",
  "pix.registerKey": "pix.key.claim",
  "pix.moveKey": "pix.key.move",
  "pix.removeKey": "pix.key.remove",
};

/** What takes a role more than Ana has. */
const TAKES: Readonly<Record<string, Role>> = {
  "exports.listing": "auditor",
  "pix.returns.decide": "auditor",
  "staff.create": "user-admin",
  "staff.suspend": "user-admin",
  "staff.reinstate": "user-admin",
  "staff.resetFactor": "user-admin",
  "staff.resetPassword": "user-admin",
};

interface Event {
  readonly action: string;
  readonly roles: string;
  readonly session: string;
  readonly address: string;
  readonly correlation_id: string;
  readonly actor_bank: string;
  readonly details: object;
}

describe("the audit", () => {
  it("has a row in this test for each mutation that people may ask for", () => {
    const procedures = appRouter._def.procedures as unknown as Readonly<
      Record<string, { readonly _def: { readonly type: string } }>
    >;
    // Who signs in is nobody yet (sign-in.test.ts); what a bank says to another is evidence by its own signature, kept with the branch.
    const mutations = Object.entries(procedures).filter(
      ([path, { _def }]) => _def.type === "mutation" && !/^(?:commit|signIn)\./.test(path),
    );
    expect(mutations.map(([path]) => path).toSorted()).toEqual(Object.keys(ACTS).toSorted());
  });

  it.each(Object.entries(ACTS).filter(([, act]) => act !== "nothing"))(
    "says who did %s, in which roles and session, and from where",
    async (path, act) => {
      const bank = path.includes("Heuristic") ? verde : azul;
      await (act as Act)(ana(bank)).finally(() => banks.heal());
      const events = await bank.sql<Event>(
        "SELECT * FROM audit_event WHERE actor = 'azul/ana' AND action = $1",
        [NAMES[path] ?? path],
      );
      expect(events.at(-1)).toMatchObject({
        actor_bank: "azul",
        session: "session-7",
        roles: [...ROLES, TAKES[path] ?? []].flat().join(" "),
        address: ADDRESS,
        correlation_id: "request-1",
      });
    },
  );

  it("keeps no personal data and no secret", async () => {
    const found = await azul.sql(
      `SELECT e.action, e.subject, e.details FROM audit_event e
        WHERE concat(subject, details) ~ 'ana@example|\\mSouza'
           OR EXISTS (SELECT FROM client c WHERE strpos(concat(subject, details), c.tax_id) > 0)`,
    );
    expect(found).toEqual([]);
  });
});
