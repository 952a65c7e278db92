import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BankProcess } from "../src/chaos/bank-process.ts";
import { type CrashPlan, crashPlan, crashPlans } from "../src/chaos/failpoints.ts";
import { type Account, openAccounts } from "../src/chaos/open-accounts.ts";
import { createTransfer, getTransfer, readAccount } from "../src/chaos/perform.ts";
import { brokenLaws, readOpenWork, untilSettled } from "../src/chaos/settle.ts";
import { startWorld, type World } from "../src/chaos/world.ts";
import { closeDatabase, withClient } from "../src/postgres/bank-database.ts";
import { waitUntil } from "../src/processes/wait-until.ts";

const COORDINATOR = "azul";
const PARTICIPANTS = ["verde", "coral", "violeta"];
const MIDDLE = "coral";
const SETTLES_WITHIN_MS = 12_000;

let world: World;
let dataDir: string;
let accounts: ReadonlyMap<string, Account>;
let keys = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "pacto-crash-points-"));
  world = await startWorld({ dataDir, environment: { PACTO_LOG_LEVEL: "warn" } });
  const opened = await openAccounts(
    world,
    "run",
    world.banks.map((bank) => ({ bank, depositCentavos: 1_000_000 })),
  );
  accounts = new Map(opened.map((account) => [account.bank, account]));
}, 60_000);
afterAll(async () => {
  await world?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function side(bank: string, amountCentavos: number) {
  return { bank, account: accounts.get(bank)?.number ?? "", amountCentavos };
}

/** 1.00 from azul, 2.00 from verde and 3.00 from coral to violeta; a refused one asks too much. */
function composite(refused: boolean) {
  const most = refused ? 900_000_000 : 200;
  return {
    from: [side("azul", 100), side("verde", most), side("coral", 300)],
    to: [side("violeta", 400 + most)],
  };
}

function door(process: BankProcess) {
  return { url: process.url, token: world.token };
}

function ask(waitMs = 5_000) {
  keys += 1;
  return { key: `crash-point-${keys}`, waitMs, timeoutMs: 15_000 };
}

async function restartWith(process: BankProcess, plan: CrashPlan): Promise<void> {
  await process.stop();
  await process.start({ failpoints: plan.plant?.(PARTICIPANTS.length) ?? {} });
}

async function untilDead(process: BankProcess): Promise<void> {
  const isDead = await waitUntil(() => process.state === "down", { timeoutMs: 10_000 });
  if (isDead !== true) throw new Error(`${process.name} lives`);
}

async function ledgerOf(bank: string): Promise<number> {
  const read = await readAccount(door(world.process(bank)), side(bank, 1).account);
  if (read.kind !== "answer") throw new Error(JSON.stringify(read));
  return read.value.ledgerCentavos;
}

async function expectAllAtRest(): Promise<void> {
  expect(await untilSettled(world, { withinMs: SETTLES_WITHIN_MS })).toEqual([]);
  expect(await brokenLaws(world, { atRest: true })).toEqual([]);
}

describe("a bank dies", () => {
  const planted = crashPlans.filter((plan) => plan.plant !== undefined);
  it.each(planted.map((plan) => [plan.id, plan.says, plan] as const))(
    "%s: %s",
    async (_, __, plan) => {
      const victim = world.process(plan.at === "coordinator" ? COORDINATOR : MIDDLE);
      const before = await ledgerOf("violeta");
      await restartWith(victim, plan);
      const asked = ask();
      const request = composite(plan.refused === true);
      const first = await createTransfer(door(world.process(COORDINATOR)), request, asked);
      await untilDead(victim);
      await victim.start();
      // The client that got no outcome asks again with its key, and hears the truth.
      const again = await createTransfer(door(world.process(COORDINATOR)), request, asked);
      await expectAllAtRest();
      if (again.kind !== "answer") throw new Error(JSON.stringify(again));
      const last = await getTransfer(door(world.process(COORDINATOR)), again.value.id);
      const state = last.kind === "answer" ? last.value.state : last.kind;
      expect(["committed", "aborted"]).toContain(state);
      if (plan.outcome !== "either") expect(state).toBe(plan.outcome);
      if (first.kind === "answer" && ["committed", "aborted"].includes(first.value.state)) {
        expect(state).toBe(first.value.state);
      }
      expect(await ledgerOf("violeta")).toBe(before + (state === "committed" ? 600 : 0));
    },
    40_000,
  );
});

describe("bank C dies between its YES and the decision's delivery", () => {
  it("its money stays held and visible, the transfer waits for it, and settles on its return", async () => {
    const victim = world.process(MIDDLE);
    await restartWith(victim, crashPlan("P4"));
    const created = await createTransfer(door(world.process(COORDINATOR)), composite(false), ask());
    if (created.kind !== "answer") throw new Error(JSON.stringify(created));
    expect(created.value).toMatchObject({ state: "committed", settled: false });
    await untilDead(victim);
    const others = world.banks.filter((bank) => bank !== MIDDLE && bank !== COORDINATOR);
    expect(await untilSettled(world, { withinMs: 5_000, banks: others })).toEqual([]);
    const waiting = await readOpenWork(world, [COORDINATOR, MIDDLE]);
    // Coral's customer and its clearing account.
    expect(waiting).toEqual([
      { bank: COORDINATOR, coordinating: 1, inDoubt: 0, holds: 0 },
      { bank: MIDDLE, coordinating: 0, inDoubt: 1, holds: 2 },
    ]);
    expect(await brokenLaws(world, { atRest: false })).toEqual([]);
    await victim.start();
    await expectAllAtRest();
  }, 40_000);
});

/** Azul pays violeta through coral's hands: three banks, the middle one is the usual victim. */
async function pay(key = ask().key): Promise<string> {
  const asked = { key, waitMs: 10_000, timeoutMs: 15_000 };
  const created = await createTransfer(door(world.process(COORDINATOR)), composite(false), asked);
  if (created.kind !== "answer") throw new Error(JSON.stringify(created));
  return created.value.state;
}

describe("a COMMIT whose answer is lost is found by its key (P7), not taken for a rollback", () => {
  const moments = [
    ["K5", "coordinator:before-decide", COORDINATOR],
    ["K5 with the register", "coordinator:before-accepted", COORDINATOR],
    ["P1", "participant:before-prepare", MIDDLE],
    ["P5", "participant:before-decision", MIDDLE],
  ] as const;
  it.each(moments)(
    "%s: the session ends after COMMIT was durable, before its answer: %s",
    async (_, point, bank) => {
      const victim = world.process(bank);
      await victim.stop();
      await victim.start({ failpoints: { [point]: { action: "stop" } } });
      const before = await ledgerOf("violeta");
      const paying = pay();
      await untilFrozen(victim);
      // A standby that does not exist: COMMIT is flushed here and then waits for it.
      await configure("synchronous_standby_names = 'nobody'");
      victim.resume();
      const cut = await waitUntil(() => endWaitingSession(bank), {
        timeoutMs: 10_000,
        everyMs: 10,
      });
      await configure("synchronous_standby_names = ''");
      expect(cut).toBe(true);
      await expectAllAtRest();
      const state = await paying;
      expect(await ledgerOf("violeta")).toBe(before + (state === "committed" ? 600 : 0));
    },
    60_000,
  );

  async function untilFrozen(process: BankProcess): Promise<void> {
    const isFrozen = await waitUntil(
      async () => / T /.test(await readFile(`/proc/${process.pid}/stat`, "utf8")),
      { timeoutMs: 10_000, everyMs: 10 },
    );
    if (isFrozen !== true) throw new Error(`${process.name} runs`);
  }

  async function configure(setting: string): Promise<void> {
    await withClient(world.postgres.url, async (client) => {
      await client.query(`ALTER SYSTEM SET ${setting}`);
      await client.query("SELECT pg_reload_conf()");
    });
  }

  async function endWaitingSession(bank: string): Promise<boolean> {
    return withClient(world.postgres.url, async (client) => {
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = $1 AND wait_event = 'SyncRep'`,
        [`pacto_${bank}`],
      );
      return (rowCount ?? 0) > 0;
    });
  }
});

describe("what the harness does from outside", () => {
  it("K13: a bank that is killed again and again while it recovers", async () => {
    const victim = world.process(COORDINATOR);
    await restartWith(victim, crashPlan("K6"));
    const asked = ask();
    await createTransfer(door(victim), composite(false), asked);
    await untilDead(victim);
    for (const ms of [200, 900, 1_300, 600]) {
      const starting = victim.start().catch(() => undefined);
      await waitUntil(() => false, { timeoutMs: ms });
      await victim.kill();
      await starting;
    }
    await victim.start();
    await expectAllAtRest();
    expect(await pay(asked.key)).toBe("committed");
  }, 60_000);

  it("P8: a participant that is silent beyond the vote deadline costs the transfer", async () => {
    const victim = world.process(MIDDLE);
    const before = await ledgerOf("violeta");
    victim.pause();
    expect(await pay()).toBe("aborted");
    victim.resume();
    await expectAllAtRest();
    expect(await ledgerOf("violeta")).toBe(before);
  }, 60_000);

  it("P9: a participant restored from a backup learns what it has forgotten (R48)", async () => {
    const victim = world.process(MIDDLE);
    await victim.stop();
    await withClient(world.postgres.url, async (client) => {
      await client.query(`CREATE DATABASE backup TEMPLATE pacto_${MIDDLE}`);
    });
    await victim.start();
    expect(await pay()).toBe("committed");
    await expectAllAtRest();
    const ledger = await ledgerOf(MIDDLE);
    await victim.stop();
    await withClient(world.postgres.url, async (client) => {
      await client.query(`DROP DATABASE pacto_${MIDDLE}`);
      await client.query(`ALTER DATABASE backup RENAME TO pacto_${MIDDLE}`);
      await client.query(`ALTER DATABASE pacto_${MIDDLE} OWNER TO pacto_${MIDDLE}_migrator`);
      await closeDatabase(client, {
        database: `pacto_${MIDDLE}`,
        service: `pacto_${MIDDLE}_service`,
      });
    });
    await victim.start({ environment: { PACTO_RESTORED: "true" } });
    await waitUntil(async () => (await ledgerOf(MIDDLE)) === ledger, { timeoutMs: 15_000 });
    expect(await ledgerOf(MIDDLE)).toBe(ledger);
    await expectAllAtRest();
    const again = await waitUntil(async () => (await pay()) === "committed", {
      timeoutMs: 15_000,
    });
    expect(again).toBe(true);
    await expectAllAtRest();
  }, 90_000);
});
