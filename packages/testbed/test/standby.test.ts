import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callBank } from "../src/chaos/bank-api.ts";
import { type Account, openAccounts } from "../src/chaos/open-accounts.ts";
import { perform } from "../src/chaos/perform.ts";
import { type Consortium, startConsortium } from "../src/consortium/start-consortium.ts";
import { withClient } from "../src/postgres/bank-database.ts";
import { repositoryFolder } from "../src/repository.ts";

/** Longer than the bound of a statement: a COMMIT's wait for its standby is under none. */
const PATIENCE_MS = 3_500;

let dataDir: string;
let consortium: Consortium;
let account: Account;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "pacto-standby-"));
  consortium = await startConsortium({
    manifest: join(repositoryFolder(), "consortium/branches.json"),
    dataDir,
    banks: ["arizona"],
    postgres: { settings: { shared_buffers: "64MB" } },
    environment: { PACTO_LOG_LEVEL: "warn" },
  });
  const { tokenOf, bank } = consortium;
  const plan = { bank: "arizona", depositCentavos: 1_000 };
  const [opened] = await openAccounts({ tokenOf, process: bank }, "standby", [plan]);
  if (opened === undefined) throw new Error("an account");
  account = opened;
}, 120_000);
afterAll(async () => {
  await consortium?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function waitFor(standby: string): Promise<void> {
  return withClient(consortium.database?.url ?? "", async (client) => {
    await client.query(`ALTER SYSTEM SET synchronous_standby_names = '${standby}'`);
    await client.query("SELECT pg_reload_conf()");
  });
}

describe("a bank whose server waits for a standby", () => {
  it("acknowledges nothing that no standby has, and does it once when one is there", async () => {
    const door = { url: consortium.bank("arizona").url, token: consortium.tokenOf("arizona") };
    const cash = { bank: "arizona", account: account.number, amountCentavos: 7 };
    const deposit = (timeoutMs: number) =>
      perform(door, { kind: "deposit", ...cash }, { key: "standby-deposit", waitMs: 0, timeoutMs });
    const saveTemplate = (timeoutMs: number) =>
      callBank({
        ...door,
        procedure: "plans.saveTemplate",
        type: "mutation",
        input: {
          idempotencyKey: "standby-template",
          name: "Aluguel",
          transfer: transferOf(account),
        },
        output: z.unknown(),
        timeoutMs,
      });
    await waitFor("nobody");
    const alone = await Promise.all([deposit(PATIENCE_MS), saveTemplate(PATIENCE_MS)]);
    expect(alone.map(({ kind }) => kind)).toEqual(["unknown", "unknown"]);
    await waitFor("");
    // What waited is confirmed or undone within the node's own patience; the keys tell which.
    const answered = { timeout: 40_000, interval: 200 };
    await expect
      .poll(() => deposit(10_000), answered)
      .toMatchObject({
        kind: "answer",
        value: { outcome: "done", balanceCentavos: 1_007 },
      });
    await expect.poll(() => saveTemplate(10_000), answered).toMatchObject({ kind: "answer" });
  }, 90_000);
});

function transferOf({ bank, number }: Account) {
  const side = { bank, account: number, amountCentavos: 1 };
  return { from: [side], to: [{ ...side, bank: "texas" }], purpose: "Aluguel" };
}
