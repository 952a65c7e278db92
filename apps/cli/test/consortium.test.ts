import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Consortium, withClient } from "@pacto/testbed";
import { readDatabaseUrls } from "@pacto/testbed/databases";
import { startTestConsortium } from "@pacto/testbed/vitest";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/output/report.ts";
import { runPacto } from "../src/run-pacto.ts";

let consortium: Consortium;
/** BANK/ACCOUNT of each client. */
const accounts = { ana: "", bruno: "", padaria: "", davi: "" };

beforeAll(async () => {
  consortium = await startTestConsortium({ manifest: "brasil" });
  accounts.ana = await newAccount("azul", "Ana Souza", "390.533.447-05", "1000.00");
  accounts.bruno = await newAccount("verde", "Bruno Lima", "529.982.247-25", "500");
  accounts.padaria = await newAccount("ambar", "Padaria Central", "12.ABC.345/01DE-35", "800,00");
  accounts.davi = await newAccount("coral", "Davi Alves", "111.444.777-35", "0");
}, 120_000);
afterAll(() => consortium.stop());

function environment(): Record<string, string> {
  return { PACTO_DATA_DIR: consortium.files.folder, LANG: "en" };
}

function pacto(...argv: readonly string[]): Promise<Report> {
  return pactoUntil(new AbortController().signal, ...argv);
}

/** The same, for a user who gives up. */
function pactoUntil(signal: AbortSignal, ...argv: readonly string[]): Promise<Report> {
  return runPacto(argv, {
    signal,
    environment: environment(),
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

interface Balance {
  readonly ledgerCentavos: number;
  readonly heldCentavos: number;
  readonly incomingCentavos: number;
}

async function ledger(reference: string): Promise<number> {
  return (await json<Balance>(0, "balance", reference)).ledgerCentavos;
}

function ledgers(): Promise<number[]> {
  return Promise.all(Object.values(accounts).map(ledger));
}

interface Diagnosis {
  readonly findings: readonly {
    readonly level: string;
    readonly bank: string;
    readonly code: string;
  }[];
}

interface Transferred {
  readonly transfer: { readonly id: string; readonly state: string };
  readonly idempotencyKey: string;
}

function composite(fromPadaria: string): string[] {
  const from = [
    `${accounts.ana}:200`,
    `${accounts.bruno}:300`,
    `${accounts.padaria}:${fromPadaria}`,
  ];
  return ["transfer", ...from.flatMap((side) => ["--from", side]), "--to", accounts.davi];
}

/** Everything is decided and applied everywhere, and every law holds. */
async function settled(): Promise<void> {
  await expect
    .poll(async () => (await pacto("check", "--at-rest")).stdout, { timeout: 30_000 })
    .toContain("PASS: every law holds over 5 banks");
}

describe("the main composite by pacto transfer", { timeout: 60_000 }, () => {
  it("lacking one centavo at one bank changes nothing anywhere, and says which account lacks it", async () => {
    const before = await ledgers();
    const report = await pacto(...composite("800.01"));
    expect(report.exit).toBe(1);
    const [bank, number] = accounts.padaria.split("/");
    expect(report.stderr).toBe(
      `insufficient-funds: Account ${number} at bank ${bank} lacks R$ 0.01: R$ 800.00 is available.\n`,
    );
    expect(report.stdout).toContain("Not done: nothing was moved");
    await settled();
    expect(await ledgers()).toEqual(before);
  });

  it("is promised by the preview, which moves nothing", async () => {
    const good = await pacto(...composite("150"), "--preview");
    expect(good).toMatchObject({ exit: 0, stderr: "" });
    expect(good.stdout).toContain("Every bank would agree now");
    const bad = await pacto(...composite("800.01"), "--preview", "--lang", "pt-BR");
    expect(bad.exit).toBe(1);
    expect(bad.stderr).toContain("insufficient-funds: Faltam R$ 0,01 na conta");
    expect(await ledgers()).toEqual([100_000, 50_000, 80_000, 0]);
  });

  it("moves 200 + 300 + 150 from three banks to a fourth, and each statement shows it", async () => {
    const order = [...composite("R$ 150,00"), "--purpose", "aluguel", "--key", "aluguel-2026-11"];
    const done = await json<Transferred>(0, ...order);
    expect(done).toMatchObject({
      idempotencyKey: "aluguel-2026-11",
      transfer: { state: "committed", totalCentavos: 65_000, coordinator: "azul" },
    });
    await settled();
    expect(await ledgers()).toEqual([80_000, 20_000, 65_000, 65_000]);
    const { entries } = await json<{ entries: object[] }>(0, "statement", accounts.davi);
    expect(entries).toEqual([
      expect.objectContaining({ amountCentavos: 65_000, description: "aluguel" }),
    ]);
    const statement = await pacto("statement", accounts.ana, "--lang", "pt-BR");
    expect(statement.stdout).toMatch(/transferência +-R\$ 200,00 +R\$ 800,00 +aluguel/);
  });

  it("is done once however often it is asked for with its key (law 3)", async () => {
    const order = [...composite("150"), "--purpose", "aluguel", "--key", "aluguel-2026-11"];
    const again = await json<Transferred>(0, ...order);
    expect(await ledger(accounts.davi)).toBe(65_000);
    const other = await pacto(...composite("151"), "--purpose", "x", "--key", "aluguel-2026-11");
    expect(other.exit).toBe(1);
    expect(other.stderr).toContain("idempotency-conflict: ");
    expect(other.stderr).toContain("from, purpose, to");
    const listed = await json<{ transfers: { id: string; state: string }[] }>(0, "tx", "list");
    const committed = listed.transfers.filter(({ state }) => state === "committed");
    expect(committed.map(({ id }) => id)).toEqual([again.transfer.id]);
    const shown = await pacto("tx", "show", again.transfer.id);
    expect(shown).toMatchObject({ exit: 0 });
    expect(shown.stdout).toContain("committed");
  });

  it("goes to several receivers as well, and refuses sides that differ", async () => {
    const from = ["--from", `${accounts.davi}:50`, "--from", `${accounts.padaria}:10`];
    const to = ["--to", `${accounts.ana}:40`, "--to", `${accounts.bruno}:20`];
    expect(await pacto("transfer", ...from, ...to)).toMatchObject({ exit: 0 });
    await settled();
    expect(await ledgers()).toEqual([84_000, 22_000, 64_000, 60_000]);
    const unequal = ["--to", `${accounts.ana}:40`, "--to", `${accounts.bruno}:19`];
    const refused = await pacto("transfer", ...from, ...unequal);
    expect(refused.exit).toBe(1);
    expect(refused.stderr).toContain("unbalanced: ");
    expect(refused.stderr).toContain("R$ 1.00");
  });
});

describe("a teller's verbs", { timeout: 60_000 }, () => {
  it("deposit and withdraw, once for each key", async () => {
    const deposit = ["deposit", accounts.davi, "1.00", "--key", "balcao-0001"];
    expect(await json(0, ...deposit)).toEqual(await json(0, ...deposit));
    expect(await ledger(accounts.davi)).toBe(60_100);
    expect(await pacto("withdraw", accounts.davi, "1,00")).toMatchObject({ exit: 0 });
    const refused = await pacto("withdraw", accounts.davi, "600.01");
    expect(refused.exit).toBe(1);
    expect(refused.stderr).toMatch(/^insufficient-funds: .* lacks R\$ 0.01/);
    expect(await ledger(accounts.davi)).toBe(60_000);
  });

  it("keep an account within its ceiling (lesson 22)", async () => {
    const open = ["account", "open", "coral", "--holder", "111.444.777-35", "--ceiling", "16"];
    const { account } = await json<{ account: { number: string } }>(0, ...open);
    const reference = `coral/${account.number}`;
    const eight = () => pacto("deposit", reference, "8.00");
    const both = await Promise.all([eight(), eight()]);
    expect(both.map(({ exit }) => exit)).toEqual([0, 0]);
    const third = await eight();
    expect(third).toMatchObject({ exit: 1, stderr: expect.stringMatching(/^ceiling-exceeded: /) });
    expect(await ledger(reference)).toBe(1_600);
  });

  it.each([
    [["balance", "azul/99999-9"], "account-not-found"],
    [["balance", "lilas/10001-3"], "unknown-bank"],
    [["deposit", "azul/10001-3", "-5"], "amount-not-positive"],
    [["client", "create", "azul", "--name", "Eva", "--tax-id", "390.533.447-06"], "tax-id-invalid"],
    [["client", "create", "azul", "--name", "Ana", "--tax-id", "39053344705"], "tax-id-taken"],
    [["client", "show", "azul/529.982.247-25"], "client-not-found"],
    [["tx", "show", "0193a0b0-0000-7000-8000-000000000001"], "transfer-not-found"],
    [
      ["account", "open", "azul", "--holder", "39053344705", "--kind", "business"],
      "kind-needs-company",
    ],
  ])("%j is refused: %s", async (argv, code) => {
    const { exit, stderr } = await pacto(...argv);
    expect({ exit, code: stderr.split(":")[0] }).toEqual({ exit: 1, code });
  });

  it("list clients and accounts over all banks, with documents masked", async () => {
    const clients = await pacto("client", "list");
    expect(clients).toMatchObject({ exit: 0 });
    expect(clients.stdout).toContain("Padaria Central");
    expect(clients.stdout).toContain("***.533.447-**");
    expect(clients.stdout).not.toContain("390.533");
    const found = await pacto("account", "list", "--client", "12.ABC.345/01DE-35");
    expect(found.stdout).toContain(accounts.padaria);
    expect(found.stdout).not.toContain(accounts.ana);
    expect((await pacto("client", "show", "azul/390.533.447-05")).stdout).toContain(accounts.ana);
  });
});

describe("an operator's verbs", { timeout: 120_000 }, () => {
  afterEach(async () => {
    for (const bank of consortium.banks) if (bank.state === "down") await bank.start();
  });

  it("show a killed bank offline, go on without it, and start it again", async () => {
    expect(await pacto("bank", "kill", "coral")).toMatchObject({ exit: 0, stderr: "" });
    const { findings } = await json<Diagnosis>(1, "doctor", "coral");
    expect(findings).toContainEqual(
      expect.objectContaining({ level: "fault", bank: "coral", code: "peer-silent" }),
    );
    const { banks } = await json<{ banks: { id: string; online: boolean }[] }>(0, "banks");
    const offline = banks.filter(({ online }) => !online).map(({ id }) => id);
    expect(offline).toEqual(["coral"]);
    const asked = await pacto("deposit", accounts.davi, "5");
    expect(asked).toMatchObject({ exit: 3, stdout: "" });
    expect(asked.stderr).toContain("nothing was sent");
    const listed = await pacto("account", "list");
    expect(listed).toMatchObject({ exit: 3, stderr: "Bank coral does not answer.\n" });
    expect(listed.stdout).toContain(accounts.ana);
    const elsewhere = ["transfer", "--from", `${accounts.ana}:1`, "--to", accounts.bruno];
    expect(await pacto(...elsewhere)).toMatchObject({ exit: 0 });
    const toDead = ["transfer", "--from", `${accounts.ana}:1`, "--to", accounts.davi];
    const gaveUp = await pacto(...toDead, "--wait", "15");
    expect(gaveUp.exit).toBe(1);
    expect(gaveUp.stderr).toMatch(/^banks-silent: /);
    expect((await pacto("check")).exit).toBe(0);
    expect(await pacto("bank", "start", "coral")).toMatchObject({ exit: 0 });
    const healthy = await json<Diagnosis>(0, "doctor", "coral");
    expect(healthy.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["manifest-good", "key-good", "database-good", "peer-good"]),
    );
    await settled();
    expect(await ledgers()).toEqual([83_900, 22_100, 64_000, 60_000]);
  });

  it("read the outcome from the participants while the coordinator is away", async () => {
    const order = ["transfer", "--from", `${accounts.ana}:1`, "--to", accounts.bruno];
    const { transfer } = await json<Transferred>(0, ...order);
    await settled();
    expect(await pacto("bank", "stop", "azul")).toMatchObject({ exit: 0 });
    for (const reference of [transfer.id, `azul/${transfer.id}`]) {
      const shown = await pacto("tx", "show", reference);
      expect(shown).toMatchObject({ exit: 0, stderr: "Bank azul does not answer.\n" });
      expect(shown.stdout).toMatch(/receives +R\$ 1.00 +committed/);
    }
    expect(await pacto("bank", "start", "azul")).toMatchObject({ exit: 0 });
  });

  it("tell an unknown outcome as unknown, and the key asks again (lesson 16)", async () => {
    const before = await ledger(accounts.bruno);
    expect(await pacto("bank", "pause", "verde")).toMatchObject({ exit: 0 });
    const asked = await pacto("deposit", accounts.bruno, "7", "--json");
    expect(asked.exit).toBe(3);
    const { error } = JSON.parse(asked.stdout) as {
      error: { code: string; idempotencyKey: string };
    };
    expect(error.code).toBe("outcome-unknown");
    expect(await pacto("bank", "resume", "verde")).toMatchObject({ exit: 0 });
    const again = ["deposit", accounts.bruno, "7", "--key", error.idempotencyKey];
    expect(await pacto(...again)).toMatchObject({ exit: 0 });
    expect(await ledger(accounts.bruno)).toBe(before + 700);
  });

  it("tell who interrupts a request with which key to ask again (R50)", async () => {
    expect(await pacto("bank", "pause", "verde")).toMatchObject({ exit: 0 });
    const order = ["withdraw", accounts.bruno, "1", "--key", "interrupted-1"];
    const gaveUp = await pactoUntil(AbortSignal.timeout(300), ...order);
    expect(gaveUp.exit).toBe(3);
    expect(gaveUp.stderr).toContain("--key interrupted-1");
    expect(await pacto("bank", "resume", "verde")).toMatchObject({ exit: 0 });
    expect(await json(0, ...order)).toEqual(await json(0, ...order));
  });

  it("list nothing in doubt in a healthy consortium", async () => {
    expect(await json(0, "in-doubt")).toEqual({ branches: [], nextCursors: {}, silent: [] });
  });

  it("check finds what was tampered with in one bank's database, and says where", async () => {
    const tamper = async (sql: string) => {
      const urls = await readDatabaseUrls(consortium.files.folder, "ambar");
      await withClient(urls?.migrationUrl ?? "", (client) => client.query(sql));
    };
    await tamper("UPDATE account SET ledger = ledger + 1 WHERE kind = 'business'");
    const report = await pacto("check");
    expect(report.exit).toBe(1);
    expect(report.stdout).toMatch(/FAIL +I6/);
    expect(report.stdout).toContain("ambar: Account 10001-3 has a balance of R$ 640.01");
    await tamper("UPDATE account SET ledger = ledger - 1 WHERE kind = 'business'");
    expect(await pacto("check")).toMatchObject({ exit: 0 });
  });
});

describe("a script", () => {
  interface Script {
    readonly results: readonly { line: number; exit: number; result: readonly string[] }[];
  }

  async function scriptOf(...lines: readonly string[]): Promise<string> {
    const path = join(await mkdtemp(join(tmpdir(), "pacto-script-")), "script.txt");
    await writeFile(path, lines.join("\n"));
    return path;
  }

  function run(path: string, as: string, exit: number, ...more: readonly string[]) {
    return json<Script>(exit, "script", path, "--bank", "azul", "--as", as, ...more);
  }

  it("gives the older systems' verbs their rights: holders withdraw, Audit lists all", async () => {
    await json(0, "client", "create", "azul", "--name", "Eva Reis", "--tax-id", "153.509.460-56");
    const path = await scriptOf(
      "# what an older system's teller would type",
      "create_account 700100 500,00",
      "deposit 700100 20.00",
      "withdraw 700100 5",
      `withdraw ${accounts.ana.split("/")[1] ?? ""} 1`,
      `transfer_to ${accounts.bruno} 15`,
      "show_history",
      "show_accountholders",
      "create_account 700100",
      "withdraw 700100 -1",
      "transfer_to 700100 5",
      "user Audit",
      "show_accountholders",
      "withdraw 700100 1",
      "show_bank",
      'client list azul --search "Eva Reis"',
    );
    const { results } = await run(path, "Eva Reis", 1);
    const told = results.map(({ exit, result }) => [exit, result[0]?.split(":")[0] ?? ""]);
    expect(told.map(([exit]) => exit)).toEqual([0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0]);
    expect(told.filter(([exit]) => exit === 1).map(([, code]) => code)).toEqual([
      "not-a-holder",
      "not-allowed",
      "account-number-taken",
      "amount-not-positive",
      "same-account-both-sides",
      "not-allowed",
    ]);
  });

  it("run by two terminals at once breaks no law, and twice by one key does nothing twice", async () => {
    await json(0, "client", "create", "azul", "--name", "Ivo Reis", "--tax-id", "862.883.667-57");
    const opening = await scriptOf("create_account 700200 100");
    await run(opening, "Ivo Reis", 0);
    const path = await scriptOf(...Array.from({ length: 6 }, () => "withdraw 700200 10"));
    const key = ["--key", "script-both-1"];
    await Promise.all([run(path, "Ivo Reis", 0, ...key), run(path, "Ivo Reis", 0, ...key)]);
    const other = await scriptOf(...Array.from({ length: 4 }, () => "withdraw 700200 20"));
    const [one, two] = await Promise.all([run(other, "Ivo Reis", 1), run(other, "Ivo Reis", 1)]);
    const done = [...one.results, ...two.results].filter(({ exit }) => exit === 0);
    expect(done).toHaveLength(2);
    expect(await pacto("check")).toMatchObject({ exit: 0 });
  });

  it("and every change can be shown without being sent", async () => {
    const before = await ledger(accounts.ana);
    const path = await scriptOf(`deposit ${accounts.ana} 9`, `withdraw ${accounts.ana} 1`);
    await run(path, "Ana Souza", 0, "--dry-run");
    const shown = await pacto("deposit", accounts.ana, "9", "--dry-run");
    expect(shown).toMatchObject({ exit: 0 });
    expect(shown.stdout).toContain("Nothing was sent");
    expect(await ledger(accounts.ana)).toBe(before);
  });

  it("completes commands in three shells", async () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      expect((await pacto("completion", shell)).stdout).toContain("hand-over");
    }
  });
});

describe("npx pacto", { timeout: 60_000 }, () => {
  const program = fileURLToPath(new URL("../bin/pacto.mjs", import.meta.url));
  const run = promisify(execFile);

  it("runs as a process with exit codes and both streams", async () => {
    const env = { ...process.env, ...environment() };
    const done = await run(process.execPath, [program, "balance", accounts.padaria], { env });
    expect(done.stdout).toContain("R$ 640.00");
    const refused = run(process.execPath, [program, "balance", "azul/99999-9"], { env });
    await expect(refused).rejects.toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^account-not-found: /) as string,
    });
  });
});

describe("a bank's key", { timeout: 60_000 }, () => {
  interface Rotated {
    readonly state: string;
    readonly epoch: number;
    readonly keyId: string;
  }

  it("is exchanged while the banks run, as often as one likes, and money moves on", async () => {
    const before = consortium.manifest.epoch;
    const first = await json<Rotated>(0, "keys", "rotate", "azul");
    expect(first).toMatchObject({ state: "done", epoch: before + 1 });
    const second = await json<Rotated>(0, "keys", "rotate", "azul");
    expect(second).toMatchObject({ state: "done", epoch: before + 2 });
    expect(second.keyId).not.toBe(first.keyId);
    const log = () => readFile(join(consortium.files.bank("azul").folder, "node.log"), "utf8");
    await expect.poll(log, { timeout: 20_000 }).toContain(second.keyId);
    const move = ["--from", `${accounts.ana}:1.00`, "--to", accounts.davi];
    const { transfer } = await json<Transferred>(0, "transfer", ...move);
    expect(transfer.state).toBe("committed");
    await json(0, "transfer", "--from", `${accounts.davi}:1.00`, "--to", accounts.ana);
    await settled();
  });
});
