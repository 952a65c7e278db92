import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { addMonths, saoPauloDate } from "@pacto/banking";
import type { Consortium } from "@pacto/testbed";
import { startTestConsortium } from "@pacto/testbed/vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/output/report.ts";
import { runPacto } from "../src/run-pacto.ts";

let consortium: Consortium;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pacto-journey-"));
  consortium = await startTestConsortium({ manifest: "brasil", banks: ["azul", "verde", "coral"] });
}, 120_000);
afterAll(() => consortium?.stop());

const today = saoPauloDate(new Date());
const firstDueOn = addMonths(today, 1);

function environment(): Record<string, string> {
  return { PACTO_DATA_DIR: consortium.files.folder, LANG: "en" };
}

function pacto(...argv: readonly string[]): Promise<Report> {
  return runPacto(argv, {
    signal: new AbortController().signal,
    environment: environment(),
    workingFolder: folder,
    repository: "/",
    progress: () => {},
  });
}

async function cli<Shape>(...argv: readonly string[]): Promise<Shape> {
  const report = await pacto(...argv, "--json");
  expect(report, `${report.stdout}${report.stderr}`).toMatchObject({ exit: 0 });
  return JSON.parse(report.stdout) as Shape;
}

async function rest<Shape>(
  bank: string,
  request: `${"GET" | "POST" | "PATCH" | "PUT"} /${string}`,
  body?: object,
): Promise<Shape> {
  const [method = "", path = ""] = request.split(" ");
  const { url } = consortium.manifest.members.find(({ id }) => id === bank) ?? { url: "" };
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await consortium.tokenOf(bank)()}`,
      "idempotency-key": randomUUID(),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status: 200 });
  return JSON.parse(text) as Shape;
}

interface Account {
  readonly account: { readonly number: string; readonly ledgerCentavos: number };
}
interface Client {
  readonly client: { readonly id: string };
}
interface Loan {
  readonly loan: { readonly number: string; readonly debtCentavos: number };
}
interface Transfer {
  readonly transfer: { readonly state: string };
}
interface Drawer {
  readonly session: { readonly differenceCentavos: number };
}
interface File {
  readonly content: string;
  readonly encoding: "utf-8" | "base64";
}
interface People {
  readonly ana: string;
  readonly bia: string;
  readonly company: string;
  readonly elsewhere: string;
  readonly check: string;
}

/** What a walk through the counter ends with. */
interface Figures {
  readonly balances: readonly number[];
  readonly debts: readonly number[];
  readonly drawerCentavos: number;
  readonly amounts: readonly string[];
  readonly closing: string | undefined;
  readonly isPdf: boolean;
}

function figuresOf(ofx: string): Pick<Figures, "amounts" | "closing"> {
  return {
    amounts: [...ofx.matchAll(/<TRNAMT>([^<]+)/g)].map(([, amount]) => amount ?? ""),
    closing: /<BALAMT>([^<]+)/.exec(ofx)?.[1],
  };
}

async function walkByCli(people: People): Promise<Figures> {
  const register = (bank: string, name: string, taxId: string) =>
    cli("client", "create", bank, "--name", name, "--tax-id", taxId);
  await register("azul", "Ana Lima", people.ana);
  await register("azul", "Bia Lima", people.bia);
  await register("azul", "Padaria Lima", people.company);
  await register("verde", "Ana Lima", people.elsewhere);
  const open = async (bank: string, ...more: string[]) => {
    const { account } = await cli<Account>("account", "open", bank, ...more);
    return `${bank}/${account.number}`;
  };
  const kind = (name: string, deposit: string) => ["--kind", name, "--deposit", deposit];
  const checking = await open("azul", "--holder", people.ana, ...kind("checking", "500.00"));
  const savings = await open("azul", "--holder", people.ana, ...kind("savings", "250.10"));
  const business = await open("azul", "--holder", people.company, ...kind("business", "0"));
  const both = ["--holder", people.ana, "--holder", people.bia];
  const joint = await open("azul", ...both, ...kind("joint", "75.55"));
  const other = await open("verde", "--holder", people.elsewhere, ...kind("checking", "300"));
  const terms = ["--rate", "1", "--times", "12", "--first", firstDueOn, "--system", "sac"];
  const made = await cli<Loan>("loan", "create", checking, "1200", ...terms);
  const loan = `azul/${made.loan.number}`;
  const debt = async () => (await cli<Loan>("loan", "show", loan)).loan.debtCentavos;
  await cli("loan", "pay-check", loan, "112.00", "--drawer", "Ana Lima", "--check", people.check);
  const afterCheck = await debt();
  await cli("loan", "pay", loan, "--from", `${checking}:60`, "--from", `${other}:51.01`);
  const afterTwo = await debt();
  await cli("drawer", "open", "azul", "--float", "0");
  await cli("deposit", checking, "100.00");
  const { session } = await cli<Drawer>("drawer", "close", "azul", "20,00x4", "10,00x1", "5,00x1");
  const days = ["--from", today, "--to", today];
  const [pdf, ofx] = [join(folder, "cli.pdf"), join(folder, "cli.ofx")];
  await cli("statement", checking, ...days, "--format", "pdf", "--out", pdf);
  await cli("statement", checking, ...days, "--format", "ofx", "--out", ofx);
  const balance = async (reference: string) =>
    (await cli<{ ledgerCentavos: number }>("balance", reference)).ledgerCentavos;
  return {
    balances: await Promise.all([checking, savings, business, joint, other].map(balance)),
    debts: [afterCheck, afterTwo],
    drawerCentavos: session.differenceCentavos,
    ...figuresOf(await readFile(ofx, "utf8")),
    isPdf: (await readFile(pdf)).subarray(0, 5).toString() === "%PDF-",
  };
}

async function walkByRest(people: People): Promise<Figures> {
  const register = async (bank: string, name: string, taxId: string) =>
    (await rest<Client>(bank, "POST /clients", { name, taxId })).client.id;
  const ana = await register("azul", "Ana Reis", people.ana);
  const bia = await register("azul", "Bia Reis", people.bia);
  const padaria = await register("azul", "Padaria Reis", people.company);
  const away = await register("verde", "Ana Reis", people.elsewhere);
  const open = async (
    bank: string,
    kind: string,
    holders: string[],
    openingDepositCentavos: number,
  ) => {
    const body = { kind, holders, openingDepositCentavos };
    return (await rest<Account>(bank, "POST /accounts", body)).account.number;
  };
  const checking = await open("azul", "checking", [ana], 500_00);
  const savings = await open("azul", "savings", [ana], 250_10);
  const business = await open("azul", "business", [padaria], 0);
  const joint = await open("azul", "joint", [ana, bia], 75_55);
  const other = await open("verde", "checking", [away], 300_00);
  const { loan } = await rest<Loan>("azul", "POST /loans", {
    system: "sac",
    principalCentavos: 1_200_00,
    ratePpm: 10_000,
    installments: 12,
    firstDueOn,
    disburseTo: checking,
  });
  const debt = async () =>
    (await rest<Loan>("azul", `GET /loans/${loan.number}`)).loan.debtCentavos;
  await rest("azul", `POST /loans/${loan.number}/checks`, {
    drawer: "Ana Reis",
    checkNumber: people.check,
    amountCentavos: 112_00,
  });
  const afterCheck = await debt();
  const { transfer } = await rest<Transfer>("azul", `POST /loans/${loan.number}/transfers`, {
    from: [
      { bank: "azul", account: checking, amountCentavos: 60_00 },
      { bank: "verde", account: other, amountCentavos: 51_01 },
    ],
  });
  expect(transfer.state).toBe("committed");
  const afterTwo = await debt();
  await rest("azul", "POST /drawers", { floatCentavos: 0 });
  await rest("azul", `POST /accounts/${checking}/deposits`, { amountCentavos: 100_00 });
  const { session } = await rest<Drawer>("azul", "POST /drawers/counts", {
    count: [
      { valueCentavos: 20_00, pieces: 4 },
      { valueCentavos: 10_00, pieces: 1 },
      { valueCentavos: 5_00, pieces: 1 },
    ],
  });
  const report = { kind: "statement", number: checking, from: today, to: today };
  const file = (format: string) => rest<File>("azul", "POST /reports/files", { report, format });
  const pdf = await file("pdf");
  const balance = async (bank: string, number: string) =>
    (await rest<Account>(bank, `GET /accounts/${number}`)).account.ledgerCentavos;
  return {
    balances: [
      ...(await Promise.all(
        [checking, savings, business, joint].map((one) => balance("azul", one)),
      )),
      await balance("verde", other),
    ],
    debts: [afterCheck, afterTwo],
    drawerCentavos: session.differenceCentavos,
    ...figuresOf((await file("ofx")).content),
    isPdf: Buffer.from(pdf.content, pdf.encoding).subarray(0, 5).toString() === "%PDF-",
  };
}

describe("a walk through the counter", { timeout: 180_000 }, () => {
  it("shows the same figures by command line and by REST, to the centavo", async () => {
    const byCli = await walkByCli({
      ana: "390.533.447-05",
      bia: "529.982.247-25",
      company: "12.ABC.345/01DE-35",
      elsewhere: "390.533.447-05",
      check: "1001",
    });
    const byRest = await walkByRest({
      ana: "111.444.777-35",
      bia: "153.509.460-56",
      company: "11.222.333/0001-81",
      elsewhere: "111.444.777-35",
      check: "1002",
    });
    expect(byRest).toEqual(byCli);
    expect(byCli).toMatchObject({
      balances: [1_740_00, 250_10, 0, 75_55, 248_99],
      debts: [1_088_00, 976_99],
      drawerCentavos: -5_00,
      amounts: ["500.00", "1200.00", "-60.00", "100.00"],
      closing: "1740.00",
      isPdf: true,
    });
    expect(await pacto("check")).toMatchObject({ exit: 0 });
  });

  it("ends with positions settled to zero, a match without a difference, and books that balance", async () => {
    const away = await pacto("report", "settle", "azul");
    expect(away.exit).toBe(1);
    expect(away.stderr).toMatch(/^banks-silent: /);
    for (const bank of consortium.banks) if (bank.state === "down") await bank.start();
    await expect
      .poll(
        async () => (await cli<{ sumCentavos: number }>("report", "positions", "azul")).sumCentavos,
      )
      .toBe(0);
    const { settlement } = await cli<{ settlement: { id: string; state: string } }>(
      ...["report", "settle", "azul"],
    );
    expect(settlement.state).toBe("committed");
    await expect
      .poll(async () => (await pacto("check", "--at-rest")).stdout, { timeout: 30_000 })
      .toContain("PASS");
    const { positions } = await cli<{ positions: { positionCentavos: number }[] }>(
      ...["report", "positions", "coral"],
    );
    expect(positions.every(({ positionCentavos }) => positionCentavos === 0)).toBe(true);
    expect(await pacto("report", "match", "verde")).toMatchObject({ exit: 0, stderr: "" });
    const trial = await cli<{ debitCentavos: number; creditCentavos: number }>(
      "report",
      "trial",
      "azul",
    );
    expect(trial.debitCentavos).toBe(trial.creditCentavos);
    const day = join(folder, "day.pdf");
    await cli("report", "day", "azul", "--out", day);
    expect((await readFile(day)).subarray(0, 5).toString()).toBe("%PDF-");
  });
});

describe("interest and webhooks on the command line", { timeout: 60_000 }, () => {
  it("apply 5 % to 9,980.00 for one year once, and quote before", async () => {
    await cli("client", "create", "coral", "--name", "Davi Alves", "--tax-id", "862.883.667-57");
    const opened = await cli<Account>(
      ...["account", "open", "coral", "--holder", "862.883.667-57", "--deposit", "9980.00"],
    );
    const account = `coral/${opened.account.number}`;
    const asked = ["--rate", "5", "--years", "1"];
    const quoted = await pacto("interest", "simulate", "coral", "9980.00", ...asked);
    expect(quoted.stdout).toContain("R$ 10,479.00");
    const dry = await pacto("interest", "apply", account, ...asked, "--dry-run");
    expect(dry.stdout).toContain("Nothing was sent");
    const applied = await pacto("interest", "apply", account, ...asked);
    expect(applied.stdout).toContain("R$ 10,479.00");
    const again = await pacto("interest", "apply", account, ...asked);
    expect(again.stderr).toMatch(/^interest-already-applied: /);
    const zero = await pacto("interest", "apply", account, "--rate", "0", "--years", "2");
    expect(zero.stderr).toMatch(/^rate-not-positive: /);
    expect(await pacto("interest", "apply", account, "--rate", "5")).toMatchObject({ exit: 2 });
  });

  it("add an endpoint where the operator allows it, and show its secret once", async () => {
    const refused = await pacto("webhook", "add", "azul", "https://example.com/");
    expect(refused.stderr).toMatch(/^webhook-url-not-allowed: /);
    const added = await pacto("webhook", "add", "azul", "http://127.0.0.1:9/", "--type", "pix.*");
    expect(added.stdout).toContain("whsec_");
    expect((await pacto("webhook", "list", "azul")).stdout).not.toContain("whsec_");
  });
});

describe(
  "what a user of an older system gets wrong is answered by code and sentence",
  { timeout: 60_000 },
  () => {
    const lines: readonly (readonly [what: string, line: string, code: string, exit: number])[] = [
      ["a duplicate account", "create_account 800100", "account-number-taken", 1],
      ["an account that is not there", "deposit 999999 1", "account-not-found", 1],
      ["a negative amount", "deposit 800100 -1", "amount-not-positive", 1],
      ["an amount of zero", "deposit 800100 0", "amount-not-positive", 1],
      ["a fraction of a centavo", "deposit 800100 10.0055", "is not an amount in reais", 2],
      ["a huge amount", "deposit 800100 99999999999999999999", "amount-too-large", 1],
      ["insufficient funds", "withdraw 800100 100.01", "R$ 100.00 is available", 1],
      ["somebody else's account", "withdraw OTHER 1", "not-a-holder", 1],
      ["an account that is no loan", "pay_loan_check 800100 1", "not-a-loan", 1],
      ["a transfer to what is no loan", "pay_loan_transfer_to 800100 1", "not-a-loan", 1],
      ["a check above the debt", "pay_loan_check LOAN 50.01", "loan-overpaid", 1],
      ["a transfer above the debt", "pay_loan_transfer_to LOAN 50.01", "loan-overpaid", 1],
      ["the same account on both sides", "transfer_to 800100 1", "same-account-both-sides", 1],
      ["a limit exceeded", "withdraw 800100 90", "limit-exceeded", 1],
      ["a list that is Audit's alone", "show_accountholders", "not-allowed", 1],
      [
        "a rate that is not positive",
        "interest apply azul/NUMBER --rate -5 --years 1",
        "rate-not-positive",
        1,
      ],
    ];
    let results: Map<string, { exit: number; result: readonly string[] }>;

    beforeAll(async () => {
      await cli("client", "create", "azul", "--name", "Rui Nunes", "--tax-id", "74831798053");
      const script = async (text: string) => {
        const path = join(folder, `${randomUUID()}.txt`);
        await writeFile(path, text);
        const asked = ["script", path, "--bank", "azul", "--as", "Rui Nunes", "--json"];
        const { stdout } = await pacto(...asked);
        return JSON.parse(stdout) as {
          results: { command: string; exit: number; result: string[] }[];
        };
      };
      await script("create_account 800100 50");
      const { accounts } = await cli<{
        accounts: { number: string; holders: { name: string }[] }[];
      }>(...["account", "list", "azul", "--limit", "100"]);
      const own = accounts.find(({ number }) => number.startsWith("800100"))?.number ?? "";
      const other = accounts.find(({ holders }) =>
        holders.every(({ name }) => name !== "Rui Nunes"),
      );
      const terms = ["--rate", "1", "--times", "2", "--first", firstDueOn];
      const { loan } = await cli<Loan>("loan", "create", `azul/${own}`, "50", ...terms);
      await cli("limit", "set", `azul/${own}`, "--transaction", "80");
      const named = lines.map(([, line]) =>
        line
          .replace("OTHER", other?.number ?? "")
          .replace("LOAN", loan.number)
          .replace("NUMBER", own),
      );
      const told = await script(named.join("\n"));
      results = new Map(told.results.map((one, at) => [lines[at]?.[1] ?? "", one]));
      // What may be done is done: an instalment by check and the rest by transfer.
      const paid = await script(
        `pay_loan_check ${loan.number} 20\npay_loan_transfer_to ${loan.number} 30`,
      );
      expect(paid.results.map(({ exit }) => exit)).toEqual([0, 0]);
    }, 60_000);

    it.each(lines)("%s: %s", (_, line, code, exit) => {
      const told = results.get(line);
      expect(told?.exit).toBe(exit);
      expect(told?.result.join(" ")).toContain(code);
      // A code and a whole sentence.
      expect(told?.result.join(" ")).toMatch(/[.?]$/);
    });
  },
);

describe("two terminals", { timeout: 120_000 }, () => {
  const program = fileURLToPath(new URL("../bin/pacto.mjs", import.meta.url));
  const run = promisify(execFile);

  it("that run the same script at once, as two processes, break no law", async () => {
    await cli("client", "create", "azul", "--name", "Ivo Pinto", "--tax-id", "98765432100");
    await cli("client", "create", "verde", "--name", "Ivo Pinto", "--tax-id", "98765432100");
    const elsewhere = await cli<Account>(
      ...["account", "open", "verde", "--holder", "98765432100", "--deposit", "0"],
    );
    const path = join(folder, "both.txt");
    const moves = [
      "withdraw 900100 30",
      "deposit 900100 5",
      `transfer_to verde/${elsewhere.account.number} 25`,
    ];
    await writeFile(path, ["create_account 900100 100", ...moves, ...moves, ...moves].join("\n"));
    const terminal = () =>
      run(
        process.execPath,
        [program, "script", path, "--bank", "azul", "--as", "Ivo Pinto", "--json"],
        {
          env: { ...process.env, ...environment() },
        },
      ).catch((error: { stdout: string; code: number }) => error);
    const outputs = await Promise.all([terminal(), terminal()]);
    const done = outputs.flatMap(({ stdout }) => {
      const { results } = JSON.parse(stdout) as { results: { command: string; exit: number }[] };
      return results.filter(({ exit }) => exit === 0).map(({ command }) => command);
    });
    const times = (start: string) => done.filter((command) => command.startsWith(start)).length;
    expect(times("create_account")).toBe(1);
    const left =
      100_00 - 30_00 * times("withdraw") + 5_00 * times("deposit") - 25_00 * times("transfer_to");
    expect(left).toBeGreaterThanOrEqual(0);
    const { accounts } = await cli<{ accounts: { number: string; ledgerCentavos: number }[] }>(
      ...["account", "list", "azul", "--client", "98765432100"],
    );
    expect(accounts).toMatchObject([{ ledgerCentavos: left }]);
    const report = await pacto("balance", `verde/${elsewhere.account.number}`, "--json");
    expect(JSON.parse(report.stdout)).toMatchObject({
      ledgerCentavos: 25_00 * times("transfer_to"),
    });
    expect(await pacto("check")).toMatchObject({ exit: 0 });
  });
});
