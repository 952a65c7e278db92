import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BankProcess } from "../src/chaos/bank-process.ts";
import { type CrashPlan, crashPlan, crashPlans } from "../src/chaos/failpoints.ts";
import { getTransfer } from "../src/chaos/perform.ts";
import { brokenLaws, readOpenWork, untilSettled } from "../src/chaos/settle.ts";
import { closeDatabase, withClient } from "../src/postgres/bank-database.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import { openStage, type Stage, untilDead } from "./stage.ts";

const COORDINATOR = "azul";
const PARTICIPANTS = 3;
const MIDDLE = "coral";
const SETTLES_WITHIN_MS = 12_000;

async function restartWith(process: BankProcess, plan: CrashPlan): Promise<void> {
  await process.stop();
  await process.start({ failpoints: plan.plant?.(PARTICIPANTS) ?? {} });
}

async function expectAllAtRest({ world }: Stage): Promise<void> {
  expect(await untilSettled(world, { withinMs: SETTLES_WITHIN_MS })).toEqual([]);
  expect(await brokenLaws(world, { atRest: true })).toEqual([]);
}

/** One bank dies at one point of one transfer, comes back, and everything ends as it must. */
async function dieAt(stage: Stage, plan: CrashPlan): Promise<void> {
  const { world } = stage;
  const victim = world.process(plan.at === "coordinator" ? COORDINATOR : MIDDLE);
  const before = await stage.ledgerOf("violeta");
  await restartWith(victim, plan);
  const asked = stage.ask();
  const tooMuch = plan.refused === true;
  const first = await stage.play(asked, { tooMuch });
  await untilDead(victim);
  await victim.start();
  // The client that got no outcome asks again with its key, and hears the truth.
  const again = await stage.play(asked, { tooMuch });
  await expectAllAtRest(stage);
  if (again.kind !== "answer") throw new Error(JSON.stringify(again));
  const last = await getTransfer(stage.door(world.process(COORDINATOR)), again.value.id);
  const state = last.kind === "answer" ? last.value.state : last.kind;
  expect(["committed", "aborted"]).toContain(state);
  if (plan.outcome !== "either") expect(state).toBe(plan.outcome);
  if (first.kind === "answer" && ["committed", "aborted"].includes(first.value.state)) {
    expect(state).toBe(first.value.state);
  }
  expect(await stage.ledgerOf("violeta")).toBe(before + (state === "committed" ? 600 : 0));
}

/** The state of a transfer that was asked for until it had one. */
async function stateOf(stage: Stage, asked = stage.ask()): Promise<string> {
  const played = await stage.play({ ...asked, waitMs: 10_000 });
  if (played.kind !== "answer") throw new Error(JSON.stringify(played));
  return played.value.state;
}

describe("with the register", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 90_000);
  afterAll(() => stage?.close());

  const planted = crashPlans.filter((plan) => plan.plant !== undefined);
  it.each(planted.map((plan) => [plan.id, plan.at, plan.says, plan] as const))(
    "%s: the %s dies (%s)",
    (_, __, ___, plan) => dieAt(stage, plan),
    60_000,
  );

  it("a bank dead between its YES and the decision: its money stays held, the transfer waits", async () => {
    const { world } = stage;
    const victim = world.process(MIDDLE);
    await restartWith(victim, crashPlan("P4"));
    const created = await stage.play(stage.ask());
    if (created.kind !== "answer") throw new Error(JSON.stringify(created));
    expect(created.value).toMatchObject({ state: "committed", settled: false });
    await untilDead(victim);
    const others = world.banks.filter((bank) => bank !== MIDDLE && bank !== COORDINATOR);
    expect(await untilSettled(world, { withinMs: 5_000, banks: others })).toEqual([]);
    // Two holds: coral's customer, and its clearing account.
    expect(await readOpenWork(world, [COORDINATOR, MIDDLE])).toEqual([
      { bank: COORDINATOR, coordinating: 1, inDoubt: 0, holds: 0 },
      { bank: MIDDLE, coordinating: 0, inDoubt: 1, holds: 2 },
    ]);
    expect(await brokenLaws(world, { atRest: false })).toEqual([]);
    await victim.start();
    await expectAllAtRest(stage);
  }, 60_000);

  it("K13: a bank that is killed again and again while it recovers", async () => {
    const victim = stage.world.process(COORDINATOR);
    await restartWith(victim, crashPlan("K6"));
    const asked = stage.ask();
    await stage.play(asked);
    await untilDead(victim);
    for (const ms of [200, 900, 1_300, 600]) {
      const starting = victim.start().catch(() => undefined);
      await waitUntil(() => false, { timeoutMs: ms });
      await victim.kill();
      await starting;
    }
    await victim.start();
    await expectAllAtRest(stage);
    expect(await stateOf(stage, asked)).toBe("committed");
  }, 60_000);

  it("P8: a participant that is silent beyond the vote deadline costs the transfer", async () => {
    const victim = stage.world.process(MIDDLE);
    const before = await stage.ledgerOf("violeta");
    victim.pause();
    expect(await stateOf(stage)).toBe("aborted");
    victim.resume();
    await expectAllAtRest(stage);
    expect(await stage.ledgerOf("violeta")).toBe(before);
  }, 60_000);

  it("P9: a participant restored from a backup learns what it has forgotten (R48)", async () => {
    const victim = stage.world.process(MIDDLE);
    await victim.stop();
    await backUp(stage);
    await victim.start();
    expect(await stateOf(stage)).toBe("committed");
    await expectAllAtRest(stage);
    const ledger = await stage.ledgerOf(MIDDLE);
    await victim.stop();
    await putBack(stage);
    await victim.start({ environment: { PACTO_RESTORED: "true" } });
    const isBack = async () => (await stage.ledgerOf(MIDDLE)) === ledger;
    expect(await waitUntil(isBack, { timeoutMs: 15_000 })).toBe(true);
    await expectAllAtRest(stage);
    const votesAgain = async () => (await stateOf(stage)) === "committed";
    expect(await waitUntil(votesAgain, { timeoutMs: 15_000 })).toBe(true);
    await expectAllAtRest(stage);
  }, 90_000);

  const moments = [
    ["K5", "coordinator:before-decide", COORDINATOR],
    ["K5 of the decision", "coordinator:before-accepted", COORDINATOR],
    ["P1", "participant:before-prepare", MIDDLE],
    ["P5", "participant:before-decision", MIDDLE],
  ] as const;
  it.each(moments)(
    "%s: a COMMIT that lost its answer is found by its key (P7), not taken for a rollback: %s",
    async (_, point, bank) => {
      const victim = stage.world.process(bank);
      await victim.stop();
      await victim.start({ failpoints: { [point]: { action: "stop" } } });
      const before = await stage.ledgerOf("violeta");
      const paying = stateOf(stage);
      await untilFrozen(victim);
      // A standby that does not exist: COMMIT is flushed here and then waits for it.
      await configure(stage, "synchronous_standby_names = 'nobody'");
      victim.resume();
      const wait = { timeoutMs: 10_000, everyMs: 10 };
      const isCut = await waitUntil(() => endWaitingSession(stage, bank), wait);
      await configure(stage, "synchronous_standby_names = ''");
      expect(isCut).toBe(true);
      await expectAllAtRest(stage);
      const state = await paying;
      expect(await stage.ledgerOf("violeta")).toBe(before + (state === "committed" ? 600 : 0));
    },
    60_000,
  );
});

describe("with the coordinator's own database deciding", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ decider: "local" });
  }, 90_000);
  afterAll(() => stage?.close());

  it.each(["K4", "K6", "K7", "K10", "P4"])("%s", (id) => dieAt(stage, crashPlan(id)), 60_000);

  it("participants in doubt wait for the dead coordinator, however long (R23)", async () => {
    const { world } = stage;
    const victim = world.process(COORDINATOR);
    await restartWith(victim, crashPlan("K6"));
    const asked = stage.ask();
    await stage.play(asked);
    await untilDead(victim);
    // Longer than every deadline and than the first inquiries.
    await untilSettled(world, { withinMs: 6_000, banks: ["verde", "coral", "violeta"] });
    for (const open of await readOpenWork(world, ["verde", "coral", "violeta"])) {
      expect(open).toMatchObject({ inDoubt: 1, holds: 2 });
    }
    await victim.start();
    await expectAllAtRest(stage);
    expect(await stateOf(stage, asked)).toBe("committed");
  }, 60_000);
});

function backUp({ world }: Stage): Promise<void> {
  return withClient(world.postgres.url, async (client) => {
    await client.query(`CREATE DATABASE backup TEMPLATE pacto_${MIDDLE}`);
  });
}

function putBack({ world }: Stage): Promise<void> {
  const database = `pacto_${MIDDLE}`;
  return withClient(world.postgres.url, async (client) => {
    await client.query(`DROP DATABASE ${database}`);
    await client.query(`ALTER DATABASE backup RENAME TO ${database}`);
    await client.query(`ALTER DATABASE ${database} OWNER TO ${database}_migrator`);
    await closeDatabase(client, { database, service: `${database}_service` });
  });
}

async function untilFrozen(process: BankProcess): Promise<void> {
  const isFrozen = await waitUntil(
    async () => / T /.test(await readFile(`/proc/${process.pid}/stat`, "utf8")),
    { timeoutMs: 10_000, everyMs: 10 },
  );
  if (isFrozen !== true) throw new Error(`${process.name} runs`);
}

async function configure({ world }: Stage, setting: string): Promise<void> {
  await withClient(world.postgres.url, async (client) => {
    await client.query(`ALTER SYSTEM SET ${setting}`);
    await client.query("SELECT pg_reload_conf()");
  });
}

async function endWaitingSession({ world }: Stage, bank: string): Promise<boolean> {
  return withClient(world.postgres.url, async (client) => {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = $1 AND wait_event = 'SyncRep'`,
      [`pacto_${bank}`],
    );
    return (rowCount ?? 0) > 0;
  });
}
