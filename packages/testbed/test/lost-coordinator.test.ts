import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BankProcess } from "../src/chaos/bank-process.ts";
import { createTransfer, getTransfer } from "../src/chaos/perform.ts";
import { brokenLaws, readOpenWork, untilSettled } from "../src/chaos/settle.ts";
import type { World } from "../src/chaos/world.ts";
import { withClient } from "../src/postgres/bank-database.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import { openStage, type Stage, untilDead } from "./stage.ts";

const COORDINATOR = "coral";
const OTHERS = ["azul", "verde", "ambar", "violeta"];

let stage: Stage;
let world: World;

beforeAll(async () => {
  stage = await openStage({ replicas: { azul: 2 } });
  world = stage.world;
}, 90_000);
afterAll(() => stage?.close());

/** A transfer that coral coordinates and takes part in. */
function createAtCoral(key: string) {
  const from = [stage.side("azul", 100), stage.side("verde", 200), stage.side("coral", 300)];
  const to = [stage.side("violeta", 600)];
  const asked = { key, waitMs: 5_000, timeoutMs: 10_000 };
  return createTransfer(stage.door(world.process(COORDINATOR)), { from, to }, asked);
}

describe("the coordinator's bank dies for good between votes and decision (K12)", () => {
  const moments = [
    ["before its proposal", "coordinator:before-decide", "aborted"],
    ["after its proposal was accepted", "coordinator:before-accepted", "committed"],
    ["after its decision, before it told anybody", "coordinator:after-accepted", "committed"],
  ] as const;
  it.each(moments)(
    "%s: every other bank resolves within 10 s with no hand",
    async (_, point, outcome) => {
      const victim = world.process(COORDINATOR);
      await victim.stop();
      await victim.start({ failpoints: { [point]: { action: "kill" } } });
      await createAtCoral(`lost-${point}`);
      await untilDead(victim);
      expect(await untilSettled(world, { withinMs: 10_000, banks: OTHERS })).toEqual([]);
      expect(await brokenLaws(world, { atRest: false })).toEqual([]);
      // On its return the bank finds out what the others decided.
      await victim.start();
      expect(await untilSettled(world, { withinMs: 10_000 })).toEqual([]);
      expect(await brokenLaws(world, { atRest: true })).toEqual([]);
      const again = await createAtCoral(`lost-${point}`);
      expect(again).toMatchObject({ kind: "answer", value: { state: outcome, settled: true } });
    },
    60_000,
  );
});

describe("two processes of one bank over one database", () => {
  /** Keeps `count` transfers under way at one process until told to end; returns their ids. */
  async function load(process: BankProcess, name: string, ending: AbortSignal): Promise<string[]> {
    const ids: string[] = [];
    const work = async (worker: number) => {
      for (let number = 1; !ending.aborted; number += 1) {
        const created = await createTransfer(
          stage.door(process),
          { from: [stage.side("azul", 1), stage.side("verde", 1)], to: [stage.side("violeta", 2)] },
          { key: `${name}-${worker}-${number}`, waitMs: 0, timeoutMs: 2_000 },
        );
        if (created.kind === "answer") ids.push(created.value.id);
        else if (created.kind === "unknown" && !ending.aborted) {
          await waitUntil(() => ending.aborted, { timeoutMs: 100 });
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));
    return ids;
  }

  function replicas(): readonly [BankProcess, BankProcess] {
    const [first, second] = world.processesOf("azul");
    if (first === undefined || second === undefined) throw new Error("azul has no two processes");
    return [first, second];
  }

  async function underLoad(
    process: BankProcess,
    name: string,
    breakIt: () => Promise<void> | void,
  ): Promise<{ readonly ids: () => Promise<string[]>; readonly openAtBreak: number }> {
    const ending = new AbortController();
    const working = load(process, name, ending.signal);
    const isBusy = await waitUntil(
      async () => (await readOpenWork(world, ["azul"]))[0]?.coordinating || undefined,
      { timeoutMs: 10_000, everyMs: 5 },
    );
    await breakIt();
    ending.abort();
    // Not awaited here: the clock of the others runs from the moment of the break.
    return { ids: () => working, openAtBreak: isBusy ?? 0 };
  }

  async function expectKnown(process: BankProcess, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const got = await getTransfer(stage.door(process), id);
      expect(got).toMatchObject({ kind: "answer", value: { settled: true } });
    }
  }

  it("one is killed under load: the other finishes within 5 s (K11, R20)", async () => {
    const [first, second] = replicas();
    const { ids, openAtBreak } = await underLoad(first, "killed", () => first.kill());
    expect(openAtBreak).toBeGreaterThan(0);
    expect(await untilSettled(world, { withinMs: 5_000 })).toEqual([]);
    await expectKnown(second, await ids());
    expect(await brokenLaws(world, { atRest: true })).toEqual([]);
    await first.start();
  }, 60_000);

  /** Freezes it in the middle of a database transaction, so that it keeps its locks. */
  async function freezeWithLocks(process: BankProcess): Promise<void> {
    const isHolding = await waitUntil(
      async () => {
        process.pause();
        if (await holdsTransaction()) return true;
        process.resume();
        return undefined;
      },
      { timeoutMs: 20_000, everyMs: 15 },
    );
    if (isHolding !== true) throw new Error(`${process.name} was never inside a transaction`);
  }

  /** Of azul's two processes only the frozen one was given work. */
  function holdsTransaction(): Promise<boolean> {
    return withClient(world.postgres.url, async (client) => {
      const { rowCount } = await client.query(
        `SELECT 1 FROM pg_stat_activity
          WHERE datname = 'pacto_azul' AND state = 'idle in transaction'
            AND application_name LIKE '%engine'`,
      );
      return (rowCount ?? 0) > 0;
    });
  }

  it("one is frozen inside a transaction: the other finishes within 5 s, and the zombie's late writes do no harm (S1, R22)", async () => {
    const [first, second] = replicas();
    const { ids, openAtBreak } = await underLoad(first, "frozen", () => freezeWithLocks(first));
    expect(openAtBreak).toBeGreaterThan(0);
    expect(await untilSettled(world, { withinMs: 5_000 })).toEqual([]);
    await expectKnown(second, await ids());
    expect(await brokenLaws(world, { atRest: true })).toEqual([]);
    first.resume();
    const isBack = await waitUntil(
      async () => (await fetch(`${first.url}/readyz`).catch(() => undefined))?.ok,
      { timeoutMs: 10_000 },
    );
    expect(isBack).toBe(true);
    // Requests that waited in its sockets, given up long ago by who sent them, are still obeyed.
    let broken: string[] = [];
    await waitUntil(
      async () => {
        expect(await untilSettled(world, { withinMs: 5_000 })).toEqual([]);
        broken = await brokenLaws(world, { atRest: true });
        return broken.length === 0;
      },
      { timeoutMs: 10_000, everyMs: 200 },
    );
    expect(broken).toEqual([]);
    await expectKnown(first, await ids());
  }, 60_000);
});
