import { addMonths, saoPauloDate } from "@pacto/banking";
import type { ApprovalRequest } from "@pacto/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../src/staff/actor.ts";
import {
  accountAt,
  balanceOf,
  type BankInProcess,
  type BanksInProcess,
  newClient,
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
} from "./banks-in-process.ts";

const REASON = "The customer is at the counter.";
/** From here on what moves money out takes two persons. */
const FROM_CENTAVOS = 500;
const KEY = "loja@example.com";

let banks: BanksInProcess;
let azul: BankInProcess;
/** Of the shop that is paid by its PIX key. */
let shop: string;

const person = (id: string, role: Role) =>
  azul.as({ kind: "staff", id, name: id, homeBank: "azul", roles: [role] });
const teller = () => person("tina", "teller");
const supervisor = (id = "sara") => person(id, "supervisor");
const key = () => ({ idempotencyKey: newKey() });

/** Who asks for what tellers do not. */
const MAKERS: Readonly<Record<string, () => ReturnType<typeof person>>> = {
  "approvals.setRules": () => supervisor("rita"),
  "keys.change": () => person("olga", "operator"),
  "staff.setRoles": () => person("alice", "user-admin"),
};

/** Who decides what supervisors do not. */
const APPROVERS: Readonly<Record<string, () => ReturnType<typeof person>>> = {
  "staff.setRoles": () => person("bento", "user-admin"),
};

async function ask(request: ApprovalRequest) {
  const by = (MAKERS[request.kind] ?? teller)();
  return (await by.approvals.request({ ...key(), request, reason: REASON })).approval;
}

async function approve(asked: Awaited<ReturnType<typeof ask>>) {
  const { id, hash, request } = asked;
  const by = APPROVERS[request.kind]?.() ?? supervisor();
  return (await by.approvals.approve({ ...key(), id, hash })).approval;
}

async function setRules(isRequired: boolean, amountFromCentavos: number | null): Promise<void> {
  const payload = { isRequired, amountFromCentavos };
  expect((await approve(await ask({ kind: "approvals.setRules", payload }))).status).toBe(
    "executed",
  );
}

interface Act {
  readonly request: ApprovalRequest;
  /** The same by one person; left out for what no one person can even ask to be done. */
  readonly alone?: () => Promise<unknown>;
  /** That it was done; the subject is what the request says that it made. */
  readonly done: (subject: string) => Promise<void>;
}

/** A PIX of that amount to the shop, as a payer would confirm it. */
function pixOf(fromAccount: string, amountCentavos: number) {
  const expected = { bank: "azul", account: shop };
  const content = { alsoFrom: [], description: "", expected, amountCentavos };
  return { ...content, fromAccount, key: KEY };
}

/**
 * Each kind with what it takes, made while nothing takes two persons. A kind that has no act here
 * does not compile.
 */
const ACTS: Readonly<Record<ApprovalRequest["kind"], () => Promise<Act>>> = {
  async "accounts.changeTerms"() {
    const number = await openAccountWith(azul, 100);
    const payload = { number, reason: REASON, overdraftCentavos: 10_000 };
    return {
      request: { kind: "accounts.changeTerms", payload },
      alone: () => supervisor().accounts.changeTerms({ ...key(), ...payload }),
      done: async () => {
        expect((await accountAt(azul, number)).overdraftCentavos).toBe(10_000);
      },
    };
  },
  async "accounts.close"() {
    const [number, payoutTo] = [await openAccountWith(azul, 700), await openAccountWith(azul, 0)];
    const payload = { number, reason: REASON, payoutTo };
    return {
      request: { kind: "accounts.close", payload },
      alone: () => teller().accounts.close({ ...key(), ...payload }),
      done: async () => {
        expect((await accountAt(azul, number)).status).toBe("closed");
        expect(await balanceOf(azul, payoutTo)).toBe(700);
      },
    };
  },
  async "accounts.open"() {
    const payload = {
      kind: "checking" as const,
      holders: [await newClient(azul)],
      openingDepositCentavos: 0,
      ceilingCentavos: null,
      overdraftCentavos: 4_000,
    };
    return {
      request: { kind: "accounts.open", payload },
      alone: () => teller().accounts.open({ ...key(), ...payload }),
      done: async (number) => {
        expect((await accountAt(azul, number)).overdraftCentavos).toBe(4_000);
      },
    };
  },
  async "accounts.unblock"() {
    const number = await openAccountWith(azul, 100);
    const why = { number, reason: REASON };
    await supervisor().accounts.block({ ...key(), ...why, what: "debits" });
    return {
      request: { kind: "accounts.unblock", payload: why },
      alone: () => supervisor().accounts.unblock({ ...key(), ...why }),
      done: async () => {
        expect((await accountAt(azul, number)).debitsBlocked).toBe(false);
      },
    };
  },
  async "approvals.setRules"() {
    const payload = { isRequired: true, amountFromCentavos: FROM_CENTAVOS };
    return {
      request: { kind: "approvals.setRules", payload },
      done: async () => {
        expect(await teller().approvals.rules()).toEqual(payload);
      },
    };
  },
  async "cash.reverse"() {
    const number = await openAccountWith(azul, 100);
    const { postingId } = await teller().cash.deposit({ ...key(), number, amountCentavos: 30 });
    const payload = { postingId, reason: REASON };
    return {
      request: { kind: "cash.reverse", payload },
      alone: () => supervisor().cash.reverse({ ...key(), ...payload }),
      done: async () => {
        expect(await balanceOf(azul, number)).toBe(100);
      },
    };
  },
  async "cash.withdraw"() {
    const number = await openAccountWith(azul, 1_000);
    const payload = { number, amountCentavos: 600, description: "" };
    return {
      request: { kind: "cash.withdraw", payload },
      alone: () => teller().cash.withdraw({ ...key(), ...payload }),
      done: async () => {
        expect(await balanceOf(azul, number)).toBe(400);
      },
    };
  },
  async "debits.sign"() {
    const [askedBy, signedBy] = [await newClient(azul), await newClient(azul)];
    const { account } = await teller().accounts.open({
      ...key(),
      kind: "joint",
      holders: [askedBy, signedBy],
      signing: "both",
      openingDepositCentavos: 1_000,
    });
    const { number } = account;
    const cash = { number, amountCentavos: 600, description: "" };
    const request = { kind: "withdrawal" as const, cash };
    const { debit } = await teller().debits.ask({ ...key(), number, askedBy, request });
    const payload = { id: debit.id, signedBy };
    return {
      request: { kind: "debits.sign", payload },
      alone: () => teller().debits.sign({ ...key(), ...payload }),
      done: async () => {
        expect(await balanceOf(azul, number)).toBe(400);
      },
    };
  },
  // What comes of it is for a whole node with its files: manifest-change.test.ts.
  "keys.change": () =>
    Promise.resolve({
      request: { kind: "keys.change", payload: { epoch: 2, manifest: "m".repeat(43) } },
      done: async (subject) => {
        await Promise.resolve();
        expect(subject).toBe("azul, epoch 2");
      },
    }),
  async "limits.set"() {
    const owner = { account: await openAccountWith(azul, 100) };
    const bounded = { perTransactionCentavos: 10, perDayCentavos: null, perNightCentavos: null };
    await teller().limits.set({ ...key(), owner, terms: bounded });
    const terms = { ...bounded, perTransactionCentavos: 90 };
    return {
      request: { kind: "limits.set", payload: { owner, terms } },
      alone: () => supervisor().limits.set({ ...key(), owner, terms }),
      done: async () => {
        expect((await teller().limits.get({ owner })).limits.terms).toEqual(terms);
      },
    };
  },
  async "loans.create"() {
    const disburseTo = await openAccountWith(azul, 0);
    return {
      request: { kind: "loans.create", payload: loanTo(disburseTo) },
      alone: () => teller().loans.create({ ...key(), ...loanTo(disburseTo) }),
      done: async () => {
        expect(await balanceOf(azul, disburseTo)).toBe(PRINCIPAL_CENTAVOS);
      },
    };
  },
  async "loans.payByTransfer"() {
    const disburseTo = await openAccountWith(azul, 0);
    const { loan } = await teller().loans.create({ ...key(), ...loanTo(disburseTo) });
    const { number } = loan;
    const from = [{ bank: "azul", account: disburseTo, amountCentavos: 600 }];
    return {
      request: { kind: "loans.payByTransfer", payload: { number, from } },
      alone: () => teller().loans.payByTransfer({ ...key(), number, from }),
      done: async () => {
        expect(await balanceOf(azul, number)).toBe(600 - PRINCIPAL_CENTAVOS);
      },
    };
  },
  async "pix.refund"() {
    const payer = await openAccountWith(azul, 1_000);
    const sent = await teller().pix.send({ ...key(), ...pixOf(payer, 800) });
    const { endToEndId } = sent.pix;
    const payload = {
      endToEndId,
      id: "devolucao1",
      amountCentavos: 700,
      reason: "MD06" as const,
      description: "",
    };
    return {
      request: { kind: "pix.refund", payload },
      alone: () => teller().pix.refund(payload),
      done: async () => {
        expect(await balanceOf(azul, payer)).toBe(900);
      },
    };
  },
  async "pix.send"() {
    const payer = await openAccountWith(azul, 1_000);
    return {
      request: { kind: "pix.send", payload: pixOf(payer, 600) },
      alone: () => teller().pix.send({ ...key(), ...pixOf(payer, 600) }),
      done: async () => {
        expect(await balanceOf(azul, payer)).toBe(400);
      },
    };
  },
  async "staff.setRoles"() {
    await azul.sql(
      `INSERT INTO staff_member (id, name, email, roles, must_change_password, two_factor_enabled)
       VALUES ('alice', 'Alice', 'alice@azul.test', '{user-admin}', false, true),
              ('bento', 'Bento', 'bento@azul.test', '{user-admin}', false, true),
              ('nina', 'Nina', 'nina@azul.test', '{}', false, true)`,
    );
    const payload = { id: "nina", name: "Nina", from: [], to: ["teller" as const] };
    return {
      request: { kind: "staff.setRoles", payload },
      done: async () => {
        const { members } = await person("bento", "user-admin").staff.list({ search: "nina@" });
        expect(members[0]?.roles).toEqual(["teller"]);
      },
    };
  },
  async "transfers.create"() {
    const { sides, payer } = await transferOf(600);
    return {
      request: { kind: "transfers.create", payload: { ...sides, purpose: "" } },
      alone: () => teller().transfers.create({ ...key(), ...sides }),
      done: async () => {
        expect(await balanceOf(azul, payer)).toBe(400);
      },
    };
  },
  async "transfers.reverse"() {
    const { sides, payer } = await transferOf(600);
    const { transfer } = await teller().transfers.create({ ...key(), ...sides });
    const payload = { id: transfer.id, reason: REASON };
    return {
      request: { kind: "transfers.reverse", payload },
      alone: () => supervisor().transfers.reverse({ ...key(), ...payload }),
      done: async () => {
        expect(await balanceOf(azul, payer)).toBe(1_000);
      },
    };
  },
};

const PRINCIPAL_CENTAVOS = 120_000;

function loanTo(disburseTo: string) {
  return {
    system: "sac" as const,
    principalCentavos: PRINCIPAL_CENTAVOS,
    disburseTo,
    ratePpm: 10_000,
    ratePer: "month" as const,
    installments: 12,
    firstDueOn: addMonths(saoPauloDate(new Date()), 1),
    lateMonthlyRatePpm: 10_000,
    penaltyPpm: 20_000,
  };
}

async function transferOf(amountCentavos: number) {
  const [payer, payee] = [await openAccountWith(azul, 1_000), await openAccountWith(azul, 0)];
  const sides = {
    from: [{ bank: "azul", account: payer, amountCentavos }],
    to: [{ bank: "azul", account: payee, amountCentavos }],
  };
  return { sides, payer, payee };
}

const acts = new Map<string, Act>();
beforeAll(async () => {
  banks = await startBanks(["azul"]);
  azul = banks.bank("azul");
  shop = await openAccountWith(azul, 0);
  await azul.staff.pix.registerKey({ ...key(), account: shop, key: KEY });
  for (const [kind, prepare] of Object.entries(ACTS)) acts.set(kind, await prepare());
  await setRules(true, FROM_CENTAVOS);
}, 60_000);
afterAll(() => banks.stop());

describe("an act that takes two persons", () => {
  it.each(Object.keys(ACTS))("%s: refused to one, done by two, and once", async (kind) => {
    const act = acts.get(kind);
    if (act === undefined) throw new Error(`no act of ${kind}`);
    const { alone } = act;
    if (alone !== undefined) expect((await refusalOf(alone())).code).toBe("approval-needed");
    const asked = await ask(act.request);
    expect((await refusalOf(ask(act.request))).code).toBe("approval-open");
    const done = await approve(asked);
    expect(done).toMatchObject({ status: "executed", refusal: null });
    await act.done(done.subject ?? "");
    expect((await refusalOf(approve(asked))).code).toBe("request-not-open");
    await act.done(done.subject ?? "");
  });

  it("is done by one below the amount, and at the amount by two", async () => {
    const { sides, payer } = await transferOf(FROM_CENTAVOS - 1);
    const below = await teller().transfers.create({ ...key(), ...sides });
    expect(below.transfer.state).toBe("committed");
    expect(await balanceOf(azul, payer)).toBe(501);
    const { sides: exactly } = await transferOf(FROM_CENTAVOS);
    const call = teller().transfers.create({ ...key(), ...exactly });
    expect((await refusalOf(call)).code).toBe("approval-needed");
  });
});

describe("lesson 36: an approval does not outlive what was read", () => {
  it("when the account's limit was lowered meanwhile", async () => {
    const { sides, payer } = await transferOf(600);
    const request = { kind: "transfers.create", payload: { ...sides, purpose: "" } } as const;
    const asked = await ask(request);
    const terms = { perTransactionCentavos: 599, perDayCentavos: null, perNightCentavos: null };
    await teller().limits.set({ ...key(), owner: { account: payer }, terms });
    expect(await approve(asked)).toMatchObject({
      status: "refused",
      refusal: { code: "limit-exceeded" },
    });
    expect(await balanceOf(azul, payer)).toBe(1_000);
  });

  it("when the account was blocked meanwhile", async () => {
    const number = await openAccountWith(azul, 1_000);
    const payload = { number, amountCentavos: 700, description: "" };
    const asked = await ask({ kind: "cash.withdraw", payload });
    await supervisor().accounts.block({ ...key(), number, reason: REASON, what: "debits" });
    expect(await approve(asked)).toMatchObject({
      status: "refused",
      refusal: { code: "debits-blocked" },
    });
  });

  it("when the PIX key points to somebody else meanwhile", async () => {
    const [payer, first, second] = await Promise.all(
      [1_000, 0, 0].map((centavos) => openAccountWith(azul, centavos)),
    );
    if (payer === undefined || first === undefined || second === undefined)
      throw new Error("three");
    const moved = "outra@example.com";
    await azul.staff.pix.registerKey({ ...key(), account: first, key: moved });
    const expected = { bank: "azul", account: first };
    const payload = { ...pixOf(payer, 600), key: moved, expected };
    const asked = await ask({ kind: "pix.send", payload });
    await azul.staff.pix.removeKey({ ...key(), key: moved });
    await azul.staff.pix.registerKey({ ...key(), account: second, key: moved });
    expect(await approve(asked)).toMatchObject({
      status: "refused",
      refusal: { code: "pix-payee-moved" },
    });
    expect(await balanceOf(azul, second)).toBe(0);
  });
});
