import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Account, openAccounts } from "../src/chaos/open-accounts.ts";
import { createTransfer, type Door, perform, readAccount } from "../src/chaos/perform.ts";
import { brokenLaws, untilSettled } from "../src/chaos/settle.ts";
import { startWorld, type World } from "../src/chaos/world.ts";
import { repositoryFolder } from "../src/repository.ts";

let world: World;
let dataDir: string;
let doors: readonly Door[];
let accounts: readonly [Account, Account, Account];
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "pacto-two-processes-"));
  world = await startWorld({
    dataDir,
    manifest: join(repositoryFolder(), "consortium/branches.json"),
    replicas: { arizona: 2 },
    environment: { PACTO_LOG_LEVEL: "warn" },
  });
  doors = world.processesOf("arizona").map(({ url }) => ({
    url,
    token: world.tokenOf("arizona"),
  }));
  const plan = { bank: "arizona", depositCentavos: 1_000_000 };
  const [first, second, third] = await openAccounts(world, "run", [plan, plan, plan]);
  if (!first || !second || !third) throw new Error("three accounts");
  accounts = [first, second, third];
}, 60_000);
afterAll(async () => {
  await world?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const WORKERS = 8;
const ROUNDS = 25;
const ASK = { waitMs: 10_000, timeoutMs: 20_000 };

/** Each worker of each process runs its own rounds, one after the other. */
async function hammer(work: (door: Door, name: string, round: number) => Promise<void>) {
  const workers = doors.flatMap((door, process) =>
    Array.from({ length: WORKERS }, async (_, worker) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await work(door, `${process}-${worker}`, round);
      }
    }),
  );
  await Promise.all(workers);
}

describe("two processes of one bank over one database", () => {
  it("post to the same accounts at once, and no centavo and no version is lost", async () => {
    expect(doors).toHaveLength(2);
    const [one, other] = accounts;
    const side = ({ number: account }: Account) => ({
      bank: "arizona",
      account,
      amountCentavos: 5,
    });
    await hammer(async (door, name, round) => {
      const key = `hammer-${name}-${round}`;
      const cash = { bank: "arizona", account: one.number, amountCentavos: 3 };
      const [from, to] = name.startsWith("0") ? [one, other] : [other, one];
      const done = await Promise.all([
        perform(door, { kind: "deposit", ...cash }, { key: `${key}-in`, ...ASK }),
        perform(door, { kind: "withdraw", ...cash }, { key: `${key}-out`, ...ASK }),
        createTransfer(door, { from: [side(from)], to: [side(to)] }, { key, ...ASK }),
      ]);
      expect(done.map(({ kind }) => kind)).toEqual(["answer", "answer", "answer"]);
    });
    expect(await untilSettled(world, { withinMs: 5_000 })).toEqual([]);
    expect(await brokenLaws(world, { atRest: true })).toEqual([]);
    const entries = 2 * WORKERS * ROUNDS;
    for (const door of doors) {
      expect(await readAccount(door, one.number)).toMatchObject({
        value: { ledgerCentavos: 1_000_000, version: 1 + 3 * entries },
      });
      expect(await readAccount(door, other.number)).toMatchObject({
        value: { ledgerCentavos: 1_000_000, version: 1 + entries },
      });
    }
  }, 60_000);

  it("do a request once that reaches both of them under one key", async () => {
    const [, , account] = accounts;
    const cash = { bank: "arizona", account: account.number, amountCentavos: 10 };
    await hammer(async (door, name, round) => {
      // The workers of both processes share their keys.
      const key = `once-${name.slice(2)}-${round}`;
      const done = await perform(door, { kind: "deposit", ...cash }, { key, ...ASK });
      expect(done.kind).toBe("answer");
    });
    for (const door of doors) {
      expect(await readAccount(door, account.number)).toMatchObject({
        value: { ledgerCentavos: 1_000_000 + WORKERS * ROUNDS * 10, version: 1 + WORKERS * ROUNDS },
      });
    }
    expect(await brokenLaws(world, { atRest: true })).toEqual([]);
  }, 60_000);
});
