import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Consortium, withClient } from "@pacto/testbed";
import { readDatabaseUrls } from "@pacto/testbed/databases";
import { startTestConsortium } from "@pacto/testbed/vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/output/report.ts";
import { runPacto } from "../src/run-pacto.ts";

let consortium: Consortium;
/** BANK/ACCOUNT. */
const accounts = { payer: "", payee: "" };

beforeAll(async () => {
  consortium = await startTestConsortium();
  accounts.payer = await newAccount("arizona", "Ana Souza", "390.533.447-05", "1000.00");
  accounts.payee = await newAccount("texas", "Bruno Lima", "529.982.247-25", "100");
}, 180_000);
afterAll(() => consortium.stop());

function pacto(...argv: readonly string[]): Promise<Report> {
  return pactoAs(undefined, ...argv);
}

function pactoAs(person: string | undefined, ...argv: readonly string[]): Promise<Report> {
  return runPacto(argv, {
    environment: { PACTO_DATA_DIR: consortium.files.folder, LANG: "en", PACTO_AS: person },
    workingFolder: "/",
    repository: "/",
    progress: () => {},
  });
}

/** The JSON of a command that must exit with that code. */
async function json<Shape>(exit: number, ...argv: readonly string[]): Promise<Shape> {
  const report = await pacto(...argv, "--json");
  expect(report, report.stderr).toMatchObject({ exit });
  return JSON.parse(report.stdout) as Shape;
}

async function newAccount(bank: string, name: string, taxId: string, deposit: string) {
  await json(0, "client", "create", bank, "--name", name, "--tax-id", taxId);
  const open = ["account", "open", bank, "--holder", taxId, "--deposit", deposit];
  const { account } = await json<{ account: { number: string } }>(0, ...open);
  return `${bank}/${account.number}`;
}

async function transfer(exit: number, from: string, to: string): Promise<string> {
  const done = await json<{ transfer: { id: string } }>(
    ...([exit, "transfer", "--from", from, "--to", to] as const),
  );
  return done.transfer.id;
}

function file(name: string): string {
  return join(consortium.files.folder, name);
}

/** BANK/ID of a member of its staff, as the bank's own directory has it. */
async function staffOf(bank: string, person: string): Promise<string> {
  const urls = await readDatabaseUrls(consortium.files.folder, bank);
  const { rows } = await withClient(urls?.migrationUrl ?? "", (client) =>
    client.query<{ id: string }>("SELECT id FROM staff_member WHERE email = $1", [
      `${person}@${bank}.example`,
    ]),
  );
  return `${bank}/${rows[0]?.id}`;
}

/** Whether the coordinator may only give the transaction up when it comes back. */
async function isOverdue(bank: string, transaction: string): Promise<boolean> {
  const urls = await readDatabaseUrls(consortium.files.folder, bank);
  const { rows } = await withClient(urls?.migrationUrl ?? "", (client) =>
    client.query<{ over: boolean }>(
      `SELECT (record ->> 'deadline')::float8 < extract(epoch FROM clock_timestamp()) * 1000 AS over
         FROM global_transaction WHERE id = $1`,
      [transaction],
    ),
  );
  return rows[0]?.over === true;
}

describe("a receipt", { timeout: 60_000 }, () => {
  it("proves at either bank that the transfer was done, without asking anybody", async () => {
    const id = await transfer(0, `${accounts.payer}:12.34`, accounts.payee);
    await expect
      .poll(async () => (await pacto("check", "--at-rest")).exit, { timeout: 30_000 })
      .toBe(0);
    for (const bank of ["arizona", "texas"]) {
      const path = file(`receipt-${bank}.json`);
      expect(await pacto("tx", "receipt", bank, id, "-o", path)).toMatchObject({ exit: 0 });
      const verified = await pacto("verify", path);
      expect(verified, verified.stdout).toMatchObject({ exit: 0, stderr: "" });
      expect(verified.stdout).not.toContain("FAIL");
      expect(verified.stdout).toContain(
        `It proves that transfer ${id} of R$ 12.34 was done: arizona, texas agreed, and arizona decided so.`,
      );
    }
  });

  it("proves nothing once an amount in it is changed, or with other keys", async () => {
    const text = await readFile(file("receipt-texas.json"), "utf8");
    await writeFile(file("forged.json"), text.replaceAll("1234", "9934"));
    const forged = await pacto("verify", file("forged.json"));
    expect(forged.exit).toBe(1);
    expect(forged.stdout).toContain("FAIL  the hash is that of what was to be done");
    expect(forged.stdout).toContain("It proves nothing: a check failed.");
    await writeFile(file("broken.json"), text.slice(1));
    expect(await pacto("verify", file("broken.json"))).toMatchObject({ exit: 1 });
    expect(await pacto("verify", file("nowhere.json"))).toMatchObject({ exit: 2, stdout: "" });
  });

  it("proves that a refused transfer was not done, and who refused", async () => {
    const refused = await json<{ transfer: { id: string } }>(
      ...([1, "transfer", "--from", `${accounts.payee}:9999`, "--to", accounts.payer] as const),
      ...["--coordinator", "arizona"],
    );
    const path = file("refused.json");
    const { id } = refused.transfer;
    expect(await pacto("tx", "receipt", "arizona", id, "-o", path)).toMatchObject({ exit: 0 });
    const verified = await pacto("verify", path, "--lang", "pt-BR");
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain("não foi feita: texas recusou (insufficient-funds)");
  });
});

describe("whoever administers users", { timeout: 60_000 }, () => {
  it("takes a person on, and keeps one out until further notice", async () => {
    const create = ["staff", "create", "texas", "--name", "Nina", "--email", "nina@texas.example"];
    const tried = await pacto(...create, "--dry-run");
    expect(tried).toMatchObject({ exit: 0 });
    expect(tried.stdout).toContain("nina@texas.example");
    expect((await json<{ members: object[] }>(0, "staff", "list", "texas")).members).toHaveLength(
      8,
    );
    const made = await pacto(...create);
    expect(made, made.stderr).toMatchObject({ exit: 0 });
    expect(made.stdout).toMatch(/One-time password, told this once +\w{4}-\w{4}-\w{4}-\w{4}/);
    expect((await pacto(...create)).stderr).toMatch(/^staff-known: /);
    const byTeller = await pactoAs("bruno", ...create);
    expect(byTeller.stderr, "who PACTO_AS names acts, not the admin").toMatch(/^not-allowed: /);

    const reason = ["--reason", "On leave until May"];
    const suspended = await pacto("staff", "suspend", "texas/teller@texas.example", ...reason);
    expect(suspended, suspended.stderr).toMatchObject({ exit: 0 });
    const listed = await pacto("staff", "list", "texas", "--search", "teller@");
    expect(listed.stdout).toMatch(/Teller +teller@texas\.example +teller +suspended/);
    const back = ["staff", "reinstate", "texas/teller@texas.example", ...reason];
    expect(await pacto(...back)).toMatchObject({ exit: 0 });
    const nobody = await pacto("staff", "suspend", "texas/nobody@texas.example", ...reason);
    expect(nobody.stderr).toMatch(/^staff-not-found: /);
  });

  it("asks for another's roles, which a second one gives", async () => {
    const target = "texas/supervisor@texas.example";
    const roles = ["staff", "roles", target, "--reason", "Moved to the audit"];
    expect(await pacto(...roles, "--set", "boss")).toMatchObject({ exit: 2 });
    const { approval } = await json<{ approval: { id: string } }>(0, ...roles, "--set", "auditor");
    const approve = ["approval", "approve", `texas/${approval.id}`, "--as"];
    expect((await pacto(...approve, "admin")).stderr).toMatch(/^own-request: /);
    const given = await pacto(...approve, "carla");
    expect(given, given.stderr).toMatchObject({ exit: 0 });
    const listed = await pacto("staff", "list", "texas", "--search", "supervisor@");
    expect(listed.stdout).toMatch(/Supervisor +supervisor@texas\.example +auditor +active/);
  });
});

describe("an operator", { timeout: 120_000 }, () => {
  it("drains a bank before it is stopped, and takes it back into service", async () => {
    const early = await pacto("bank", "safe-to-stop", "texas");
    expect(early.exit).toBe(1);
    expect(early.stdout).toContain("First: pacto bank drain texas");
    const drained = await pacto("bank", "drain", "texas", "--wait", "20");
    expect(drained, drained.stdout).toMatchObject({ exit: 0 });
    expect(await pacto("bank", "safe-to-stop", "texas")).toMatchObject({ exit: 0 });
    const refused = ["transfer", "--from", `${accounts.payee}:1`, "--to", accounts.payer];
    expect((await pacto(...refused)).stderr).toMatch(/^bank-draining: /);
    const resumed = await pacto("bank", "resume", "texas");
    expect(resumed, resumed.stderr).toMatchObject({ exit: 0 });
    expect(resumed.stdout).toContain("Bank texas takes new transfers");
    expect(await pacto(...refused)).toMatchObject({ exit: 0 });
  });

  it("sees who waits for whom, and two persons force what nobody can tell (R32)", async () => {
    const arizona = consortium.bank("arizona");
    await arizona.stop();
    await arizona.start({ failpoints: { "coordinator:before-decide": { action: "kill" } } });
    const order = ["transfer", "--from", `${accounts.payee}:7`, "--to", accounts.payer];
    const asked = await pacto(...order, "--coordinator", "arizona", "--wait", "1");
    expect(asked.exit).toBe(3);
    const { branches } = await json<{ branches: { transactionId: string }[] }>(
      ...([0, "in-doubt", "texas"] as const),
    );
    const id = branches[0]?.transactionId ?? "";
    const listed = await pacto("in-doubt", "texas");
    expect(listed.stdout).toMatch(/texas +arizona +.+R\$ 7\.00 +arizona\/.+ waits until arizona/);
    expect(listed.stdout).toContain("no timer ever releases them");

    const request = ["heuristic", "request", "texas", id, "--outcome", "abort"];
    const reason = ["--reason", "arizona lost its only disk"];
    expect(await pacto(...request, "--reason", "no")).toMatchObject({ exit: 2 });
    const first = await pacto(...request, ...reason, "--as", "ana");
    expect(first, first.stderr).toMatchObject({ exit: 0 });
    const approve = ["heuristic", "approve", "texas", id, "--as"];
    expect((await pacto(...approve, "ana")).stderr).toMatch(/^own-request: /);
    expect(await pacto(...approve, "Ana")).toMatchObject({ exit: 2 });
    const forced = await pacto(...approve, "bruno");
    expect(forced, forced.stderr).toMatchObject({ exit: 0 });
    expect((await pacto(...approve, "bruno")).stderr).toMatch(/^request-not-open: /);
    expect(await json(0, "in-doubt", "texas")).toMatchObject({ branches: [] });
    const requests = await pacto("heuristic", "list", "texas");
    const [ana, bruno] = [await staffOf("texas", "ana"), await staffOf("texas", "bruno")];
    expect(requests.stdout).toMatch(new RegExp(`texas .+ forced +abort +${ana} +${bruno} `));

    const evidence = file("evidence.json");
    const save = ["heuristic", "evidence", "texas", id, "-o", evidence];
    expect(await pacto(...save)).toMatchObject({ exit: 0 });
    expect(JSON.parse(await readFile(evidence, "utf8"))).toMatchObject({
      receipt: { heuristic: "abort" },
      requests: [{ reason: "arizona lost its only disk", decidedBy: bruno }],
    });
    await pacto("tx", "receipt", "texas", id, "-o", file("forced.json"));
    const verified = await pacto("verify", file("forced.json"));
    expect(verified, verified.stdout).toMatchObject({ exit: 3 });
    expect(verified.stdout).toContain("two persons forced its branch (abort)");

    // Before its deadline arizona would ask for the votes again, and commit what texas was forced to give up.
    await expect.poll(() => isOverdue("arizona", id), { timeout: 30_000 }).toBe(true);
    await arizona.start();
    await expect
      .poll(async () => (await pacto("check")).stdout, { timeout: 30_000 })
      .toContain("PASS: every law holds over 2 banks");
  });
});
