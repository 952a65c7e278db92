import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BankProcess } from "../src/chaos/bank-process.ts";
import { type Account, openAccounts } from "../src/chaos/open-accounts.ts";
import { type Ask, createTransfer, type Door, readAccount } from "../src/chaos/perform.ts";
import { startWorld, type World } from "../src/chaos/world.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import { repositoryFolder } from "../src/repository.ts";

/** Five real banks with one account in each, on which transfers are played and banks die. */
export interface Stage {
  readonly world: World;
  door(process: BankProcess): Door;
  /** A share of the bank's one account. */
  side(bank: string, amountCentavos: number): Side;
  /** A key of its own, and some patience. */
  ask(): Ask;
  /** Plays a transfer at azul: 1.00 + 2.00 + 3.00 from azul, verde and coral to violeta. */
  play(asked: Ask, options?: { readonly tooMuch?: boolean }): ReturnType<typeof createTransfer>;
  ledgerOf(bank: string): Promise<number>;
  close(): Promise<void>;
}

interface Side {
  readonly bank: string;
  readonly account: string;
  readonly amountCentavos: number;
}

export interface StageOptions {
  /** Who decides; the register of the five banks' manifest unless told. */
  readonly decider?: "local";
  readonly replicas?: Readonly<Record<string, number>>;
}

const DEPOSIT = 1_000_000;

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), "pacto-stage-"));
  const world = await startWorld({
    dataDir,
    manifest: await manifestWith(options.decider, dataDir),
    replicas: options.replicas,
    environment: { PACTO_LOG_LEVEL: "warn" },
  });
  const plans = world.banks.map((bank) => ({ bank, depositCentavos: DEPOSIT }));
  const opened = await openAccounts(world, "stage", plans);
  const accounts = new Map(opened.map((account) => [account.bank, account]));
  return stageOf(world, accounts, dataDir);
}

function stageOf(world: World, accounts: ReadonlyMap<string, Account>, dataDir: string): Stage {
  let keys = 0;
  const door = (process: BankProcess) => ({
    url: process.url,
    token: world.tokenOf(process.bank),
  });
  const side = (bank: string, amountCentavos: number) => ({
    bank,
    account: accounts.get(bank)?.number ?? "",
    amountCentavos,
  });
  return {
    world,
    door,
    side,
    ask() {
      keys += 1;
      return { key: `on-stage-${keys}`, waitMs: 5_000, timeoutMs: 15_000 };
    },
    play(asked, { tooMuch = false } = {}) {
      const second = tooMuch ? 900 * DEPOSIT : 200;
      const from = [side("azul", 100), side("verde", second), side("coral", 300)];
      const to = [side("violeta", 400 + second)];
      return createTransfer(door(world.process("azul")), { from, to }, asked);
    },
    async ledgerOf(bank) {
      const read = await readAccount(door(world.process(bank)), side(bank, 1).account);
      if (read.kind !== "answer") throw new Error(JSON.stringify(read));
      return read.value.ledgerCentavos;
    },
    async close() {
      await world.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function manifestWith(
  decider: StageOptions["decider"],
  dataDir: string,
): Promise<string | undefined> {
  if (decider === undefined) return undefined;
  const path = join(repositoryFolder(), "consortium/brasil.json");
  const template = JSON.parse(await readFile(path, "utf8")) as object;
  const changed = join(dataDir, "template.json");
  await writeFile(changed, JSON.stringify({ ...template, decider: { kind: decider } }));
  return changed;
}

/** Waits for a process to die where it was told to. */
export async function untilDead(process: BankProcess): Promise<void> {
  const isDead = await waitUntil(() => process.state === "down", { timeoutMs: 10_000 });
  if (isDead !== true) throw new Error(`${process.name} lives`);
}
