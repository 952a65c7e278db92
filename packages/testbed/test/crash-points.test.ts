import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BankProcess } from "../src/chaos/bank-process.ts";
import { type CrashPlan, crashPlan, crashPlans } from "../src/chaos/failpoints.ts";
import { type Account, openAccounts } from "../src/chaos/open-accounts.ts";
import { createTransfer, getTransfer, readAccount } from "../src/chaos/perform.ts";
import { brokenLaws, readOpenWork, untilSettled } from "../src/chaos/settle.ts";
import { startWorld, type World } from "../src/chaos/world.ts";
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
  await process.start(plan.plant?.(PARTICIPANTS.length) ?? {});
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
