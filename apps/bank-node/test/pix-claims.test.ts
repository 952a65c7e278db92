import { afterAll, beforeAll, expect, test } from "vitest";
import {
  cpf,
  newKey,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

const IDS = ["azul", "verde", "violeta"] as const;
const PATIENCE = { timeout: 60_000, interval: 100 };

let banks: BanksInProcess;
let azul: BankInProcess;
let verde: BankInProcess;

beforeAll(async () => {
  banks = await startBanks(IDS);
  azul = banks.bank("azul");
  verde = banks.bank("verde");
}, 180_000);

afterAll(() => banks.stop());

/** An account of the person with that CPF. */
async function accountOf(bank: BankInProcess, taxId: string): Promise<string> {
  const { client } = await bank.staff.clients.create({
    idempotencyKey: newKey(),
    name: "Maria da Silva",
    taxId,
  });
  const { account } = await bank.staff.accounts.open({
    idempotencyKey: newKey(),
    kind: "checking",
    holders: [client.id],
  });
  return account.number;
}

async function register(bank: BankInProcess, account: string, key: string) {
  return bank.staff.pix.registerKey({ idempotencyKey: newKey(), account, key });
}

async function open(bank: BankInProcess, account: string, key: string) {
  return (await bank.staff.pix.claims.open({ idempotencyKey: newKey(), account, key })).claim;
}

const answer = (id: string) => ({ idempotencyKey: newKey(), id });

async function untilState(
  bank: BankInProcess,
  of: { id: string; side: "claimer" | "donor" },
  state: string,
): Promise<void> {
  const read = async () => (await bank.staff.pix.claims.get(of)).claim.state;
  await expect.poll(read, PATIENCE).toBe(state);
}

/** Where the key points, by each bank's own copy. */
async function pointsTo(key: string): Promise<unknown[]> {
  return Promise.all(
    IDS.map(async (id) => {
      const rows = await banks
        .bank(id)
        .sql<{ at: string | null }>(
          "SELECT owner ->> 'bank' || '/' || (owner ->> 'account') AS at FROM pix_key WHERE key = $1",
          [key],
        );
      return rows[0]?.at ?? null;
    }),
  );
}

async function kindsToldAt(bank: BankInProcess, subject: string): Promise<string[]> {
  const { notifications } = await bank.staff.notifications.list({});
  return notifications.filter((one) => one.subject === subject).map(({ kind }) => kind);
}

test("a person brings a key to another bank, when the bank that has it lets it go", async () => {
  const person = cpf(811_111_111);
  const [there, here] = [await accountOf(verde, person), await accountOf(azul, person)];
  await register(verde, there, "maria@example.com");
  await expect
    .poll(() => pointsTo("maria@example.com"), PATIENCE)
    .toEqual(IDS.map(() => `verde/${there}`));
  expect(await refusalOf(register(azul, here, "maria@example.com"))).toEqual({
    code: "pix-key-portable",
    details: { key: "maria@example.com", owner: "verde" },
  });

  const claim = await open(azul, here, "Maria@Example.com");
  expect(claim).toMatchObject({ side: "claimer", type: "portability", otherBank: "verde" });
  const { id } = claim;
  await untilState(azul, { id, side: "claimer" }, "waiting-resolution");
  const { claims } = await verde.staff.pix.claims.list({ side: "donor", openOnly: true });
  expect(claims).toMatchObject([{ id, account: there, otherBank: "azul" }]);
  expect(await kindsToldAt(verde, id)).toEqual(["claim-received"]);

  // While it is claimed, its holder's bank can neither remove it nor give it twice.
  const remove = { idempotencyKey: newKey(), key: "maria@example.com" };
  expect(await refusalOf(verde.staff.pix.removeKey(remove))).toMatchObject({
    code: "pix-key-claimed",
  });
  expect(await refusalOf(open(azul, here, "maria@example.com"))).toMatchObject({
    code: "pix-claim-open",
  });
  expect(await refusalOf(azul.staff.pix.claims.complete(answer(id)))).toMatchObject({
    code: "pix-claim-state",
  });

  await verde.staff.pix.claims.confirm(answer(id));
  await untilState(azul, { id, side: "claimer" }, "confirmed");
  const done = await azul.staff.pix.claims.complete(answer(id));
  expect(done.claim).toMatchObject({ state: "completed", refusal: null });
  await expect
    .poll(() => pointsTo("maria@example.com"), PATIENCE)
    .toEqual(IDS.map(() => `azul/${here}`));
  await untilState(verde, { id, side: "donor" }, "completed");
  await azul.staff.pix.removeKey({ idempotencyKey: newKey(), key: "maria@example.com" });
}, 180_000);

test("an ownership is confirmed by silence and not before; the holder may object", async () => {
  const there = await accountOf(verde, cpf(822_222_222));
  const here = await accountOf(azul, cpf(833_333_333));
  await register(verde, there, "+5511911112222");
  await register(verde, there, "+5511933334444");
  await expect
    .poll(() => pointsTo("+5511933334444"), PATIENCE)
    .toEqual(IDS.map(() => `verde/${there}`));

  const { id } = await open(azul, here, "+55 11 93333-4444");
  await untilState(azul, { id, side: "claimer" }, "waiting-resolution");
  expect(await refusalOf(verde.staff.pix.claims.confirm(answer(id)))).toMatchObject({
    code: "pix-claim-period",
  });
  const objection = { ...answer(id), side: "donor" as const };
  await verde.staff.pix.claims.cancel(objection);
  await untilState(azul, { id, side: "claimer" }, "cancelled");
  expect(await kindsToldAt(azul, id)).toEqual(["claim-cancelled"]);
  await verde.staff.pix.removeKey({ idempotencyKey: newKey(), key: "+5511933334444" });

  const rules = { claimResolutionMinutes: 0 };
  await verde.staff.pix.setRules({ idempotencyKey: newKey(), rules });
  const silent = await open(azul, here, "+5511911112222");
  await untilState(azul, { id: silent.id, side: "claimer" }, "confirmed");
  await azul.staff.pix.claims.complete(answer(silent.id));
  expect((await pointsTo("+5511911112222"))[0]).toBe(`azul/${here}`);
  await verde.staff.pix.setRules({
    idempotencyKey: newKey(),
    rules: { claimResolutionMinutes: 10_080 },
  });
}, 180_000);

test("a claim survives whatever is lost on the way, and a completion that was cut off", async () => {
  const person = cpf(844_444_444);
  const [there, here] = [await accountOf(verde, person), await accountOf(azul, person)];
  await register(verde, there, person);
  await expect.poll(() => pointsTo(person), PATIENCE).toEqual(IDS.map(() => `verde/${there}`));

  banks.meddle(({ procedure }) => procedure !== "commit.pixLetter");
  const { id } = await open(azul, here, person);
  expect((await azul.staff.pix.claims.get({ id, side: "claimer" })).claim.state).toBe("open");
  // Half of all letters, and half of all answers to them, are lost from now on.
  banks.meddle(({ procedure }) => procedure !== "commit.pixLetter" || Math.random() < 0.5);
  await untilState(azul, { id, side: "claimer" }, "waiting-resolution");
  await verde.staff.pix.claims.confirm(answer(id));
  await untilState(azul, { id, side: "claimer" }, "confirmed");

  banks.meddle(({ from, to }) => from !== "verde" && to !== "verde");
  const cutOff = await azul.staff.pix.claims.complete(answer(id));
  expect(cutOff.claim).toMatchObject({ state: "confirmed", isCompleting: true });
  // It may be on its way: it cannot be given up any more.
  const giveUp = { ...answer(id), side: "claimer" as const };
  expect(await refusalOf(azul.staff.pix.claims.cancel(giveUp))).toMatchObject({
    code: "pix-claim-state",
  });
  banks.heal();
  await untilState(azul, { id, side: "claimer" }, "completed");
  expect((await pointsTo(person))[0]).toBe(`azul/${here}`);
  await untilState(verde, { id, side: "donor" }, "completed");
  banks.takeErrors();
}, 180_000);

test("a bank cannot take a key over that its holder's bank has not let go", async () => {
  const there = await accountOf(verde, cpf(855_555_555));
  const here = await accountOf(azul, cpf(855_555_555));
  await register(verde, there, "firme@example.com");
  await expect
    .poll(() => pointsTo("firme@example.com"), PATIENCE)
    .toEqual(IDS.map(() => `verde/${there}`));
  const { id } = await open(azul, here, "firme@example.com");
  await untilState(azul, { id, side: "claimer" }, "waiting-resolution");
  // A claimer that says of itself that it was confirmed.
  await azul.sql(
    `UPDATE pix_claim SET state = 'confirmed', complete_by = now() + interval '1 day'
      WHERE id = $1 AND side = 'claimer'`,
    [id],
  );
  const { claim } = await azul.staff.pix.claims.complete(answer(id));
  expect(claim).toMatchObject({ state: "confirmed", refusal: { code: "pix-claim-not-confirmed" } });
  expect(await pointsTo("firme@example.com")).toEqual(IDS.map(() => `verde/${there}`));
}, 180_000);
