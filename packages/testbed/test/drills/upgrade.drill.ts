import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccounts } from "../../src/chaos/open-accounts.ts";
import { createTransfer } from "../../src/chaos/perform.ts";
import { brokenLaws, untilSettled } from "../../src/chaos/settle.ts";
import { startWorld, type World } from "../../src/chaos/world.ts";
import { repositoryFolder } from "../../src/repository.ts";

const run = promisify(execFile);

/** The version before: a commit, a tag, anything that Git knows. */
const PREVIOUS = process.env["PACTO_PREVIOUS"] ?? "HEAD~10";
const ROUNDS = 20;

let folder: string;
let checkout: string;
let world: World;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pacto-upgrade-"));
  checkout = join(folder, "previous");
  const previous = await buildPrevious();
  world = await startWorld({
    dataDir: join(folder, "data"),
    environment: { PACTO_LOG_LEVEL: "warn" },
    // Coordinators, participants and witnesses of both kinds.
    bundleOf: (bank) => (["azul", "coral"].includes(bank) ? previous : undefined),
  });
});
afterAll(async () => {
  await world?.stop();
  await run("git", ["worktree", "remove", "--force", checkout], { cwd: repositoryFolder() }).catch(
    () => undefined,
  );
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** The node's bundle of that version, with today's libraries. */
async function buildPrevious(): Promise<string> {
  const root = repositoryFolder();
  await run("git", ["worktree", "add", "--detach", checkout, PREVIOUS], { cwd: root });
  await linkLibraries(root);
  const node = join(checkout, "apps/bank-node");
  const generated = "apps/bank-node/src/generated";
  await cp(join(root, generated), join(checkout, generated), { recursive: true });
  await run("npm", ["run", "generate"], {
    cwd: node,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true" },
  });
  await run(process.execPath, ["build.mjs"], { cwd: node });
  return join(node, "dist/main.js");
}

/** Today's libraries, but its own packages of the workspace. */
async function linkLibraries(root: string): Promise<void> {
  const [from, to] = [join(root, "node_modules"), join(checkout, "node_modules")];
  await mkdir(join(to, "@pacto"), { recursive: true });
  const names = (await readdir(from)).filter((name) => name !== "@pacto");
  for (const name of names) await symlink(join(from, name), join(to, name));
  for (const folder of ["packages", "apps"]) {
    for (const name of await readdir(join(checkout, folder))) {
      await symlink(join(checkout, folder, name), join(to, "@pacto", name));
    }
  }
}

describe(`banks of the version before (${PREVIOUS}) and of this one in one consortium`, () => {
  it("commit and abort together, whoever coordinates", async () => {
    const plans = world.banks.map((bank) => ({ bank, depositCentavos: 100_000 }));
    const accounts = await openAccounts(world, "upgrade", plans);
    const side = (at: number, amountCentavos: number) => {
      const { bank = "", number: account = "" } = accounts[at % accounts.length] ?? {};
      return { bank, account, amountCentavos };
    };
    const states: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const isTooMuch = round % 5 === 4;
      const from = [side(round, 10), side(round + 1, isTooMuch ? 90_000_000 : 20)];
      const to = [side(round + 2, 1), side(round + 3, (isTooMuch ? 90_000_000 : 20) + 9)];
      const { bank } = side(round, 0);
      const door = { url: world.process(bank).url, token: world.tokenOf(bank) };
      const ask = { key: `upgrade-${round}`, waitMs: 10_000, timeoutMs: 20_000 };
      const outcome = await createTransfer(door, { from, to }, ask);
      states.push(outcome.kind === "answer" ? outcome.value.state : JSON.stringify(outcome));
    }
    expect(states).toEqual(
      Array.from({ length: ROUNDS }, (_, round) => (round % 5 === 4 ? "aborted" : "committed")),
    );
    expect(await untilSettled(world, { withinMs: 20_000 })).toEqual([]);
    expect(await brokenLaws(world, { atRest: true })).toEqual([]);
  });
});
