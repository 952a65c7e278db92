import assert from "node:assert/strict";
import { breakThings } from "./break-things.mjs";
import { checkHardening } from "./check-hardening.mjs";
import { Tellers } from "./tellers.mjs";

/** @typedef {import("./containers.mjs").Containers} Containers */
/** @typedef {import("./build-images.mjs").Step} Step */
/** @typedef {import("./tellers.mjs").Account} Account */

const HEALTHY_WITHIN_MS = 300_000;
const OPENING_CENTAVOS = 10_000_000;
// Of people who do not exist; valid check digits.
const TAX_IDS = ["390.533.447-05", "529.982.247-25", "111.444.777-35", "935.411.347-80"];

/**
 * The life of the consortium in containers, from nothing to a second start.
 * @param {Containers} containers
 * @param {Step} step
 */
export async function runScenario(containers, step) {
  const ids = containers.banks.map(({ id }) => id);
  const lasting = [...ids, ...ids.map((id) => `${id}-postgres`), "dashboard"];
  const up = async () => {
    await containers.compose("up", "--detach", "--no-build");
    await containers.waitHealthy(lasting, HEALTHY_WITHIN_MS);
  };
  await step(`${lasting.length} containers are healthy`, up);
  await step("they have no more rights than they need, and show no secret", () =>
    checkHardening(containers, lasting),
  );
  await step("the command line finds the banks", () => runCommandLine(containers));
  await step("the dashboard shows the banks", () => askDashboard(containers));
  const accounts = await step("every bank has a client with money", () => openAccounts(containers));
  await step("a composite over four banks is committed", () => sendComposite(containers, accounts));
  await step("every law holds", () => checkLaws(containers, accounts));

  const tellers = new Tellers({
    urls: Object.fromEntries(ids.map((id) => [id, `http://127.0.0.1:${containers.ports[id]}`])),
    keys: await readKeys(containers),
    accounts,
  });
  try {
    await breakThings(containers, tellers, step);
  } finally {
    await step("every transfer has an outcome", async () => {
      await tellers.settle();
      const tell = (outcome) => `${tellers.count(outcome)} ${outcome}`;
      return ["committed", "aborted", "refused"].map(tell).join(", ");
    });
  }
  await containers.waitHealthy(lasting, HEALTHY_WITHIN_MS);
  await step("nothing stays in doubt", () => waitAtRest(containers));
  await step("every law holds at rest", () => checkLaws(containers, accounts, "--at-rest"));

  const before = await readBalances(containers, accounts);
  const manifest = await readManifest(containers);
  await step("all of it is stopped and started again", async () => {
    await containers.down();
    await up();
  });
  await step("it finds keys and books again", async () => {
    assert.equal(await readManifest(containers), manifest);
    assert.deepEqual(await readBalances(containers, accounts), before);
    await checkLaws(containers, accounts, "--at-rest");
  });
}

/** As a person would, in a container of its own. @param {Containers} containers */
async function runCommandLine(containers) {
  const said = await containers.compose("run", "--rm", "-T", "pacto", "banks");
  for (const { id } of containers.banks) assert.match(said, new RegExp(`http://${id}:8080`));
}

/** @param {Containers} containers */
async function askDashboard({ ports, banks }) {
  const origin = `http://127.0.0.1:${ports["dashboard"]}`;
  const page = await fetch(origin);
  assert.equal(page.status, 200);
  assert.match(await page.text(), new RegExp(banks[0]?.name ?? ""));
  for (const { id } of banks) {
    const status = await (await fetch(`${origin}/api/banks/${id}/status`)).json();
    assert.equal(status.bank, id);
    assert.equal(status.ready, true);
  }
}

/** @param {Containers} containers @returns {Promise<Account[]>} */
async function openAccounts(containers) {
  const deposit = ["--deposit", (OPENING_CENTAVOS / 100).toFixed(2)];
  const accounts = [];
  for (const [index, { id }] of containers.banks.entries()) {
    const taxId = TAX_IDS[index % TAX_IDS.length] ?? "";
    const client = ["--name", `Cliente ${id}`, "--tax-id", taxId, "--key", `client-of-${id}`];
    await containers.pacto("client", "create", id, ...client);
    const holder = ["--holder", taxId, "--key", `account-at-${id}`];
    const { account } = await containers.pacto("account", "open", id, ...holder, ...deposit);
    accounts.push({ bank: id, account: account.number });
  }
  return accounts;
}

/** @param {Containers} containers @param {readonly Account[]} accounts */
async function sendComposite(containers, accounts) {
  const [a, b, c, d] = accounts.map(({ bank, account }) => `${bank}/${account}`);
  const payers = [`${a}:200.00`, `${b}:300.00`, `${c}:150.00`].flatMap((it) => ["--from", it]);
  const payee = ["--to", d ?? "", "--key", "first-composite"];
  const { transfer } = await containers.pacto("transfer", ...payers, ...payee);
  assert.equal(transfer.state, "committed");
  assert.equal(transfer.totalCentavos, 65_000);
}

/**
 * Every law from the databases' content, and no centavo made or lost since the accounts were opened.
 * @param {Containers} containers
 * @param {readonly Account[]} accounts
 * @param {readonly string[]} options
 */
async function checkLaws(containers, accounts, ...options) {
  const verdict = await containers.pacto("check", ...options);
  assert.equal(verdict.holds, true);
  assert.equal(verdict.banks.length, containers.banks.length);
  const balances = await readBalances(containers, accounts);
  const sum = balances.reduce((total, balance) => total + balance, 0);
  assert.equal(sum, OPENING_CENTAVOS * accounts.length);
}

/** @param {Containers} containers */
async function waitAtRest(containers) {
  const until = Date.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    const { banks } = await containers.pacto("banks");
    const { holds } = await containers.pacto("check", "--at-rest").catch(() => ({ holds: false }));
    if (holds && banks.every(({ status }) => status?.ready && status.inDoubt === 0)) return;
    assert.ok(Date.now() < until, `still in doubt: ${JSON.stringify(banks)}`);
  }
}

/** Ledger balances in centavos. @param {Containers} containers @param {readonly Account[]} of */
async function readBalances(containers, of) {
  const { accounts, silent } = await containers.pacto("account", "list");
  assert.deepEqual(silent, []);
  return of.map(({ bank, account }) => {
    const found = accounts.find((it) => it.bank === bank && it.number === account);
    return found.ledgerCentavos;
  });
}

/** @param {Containers} containers */
async function readManifest(containers) {
  return readFile(containers, "/consortium/manifest.json");
}

/** Each bank's private key, to sign tokens for tellers as the bank would. @param {Containers} containers */
async function readKeys(containers) {
  const read = containers.banks.map(async ({ id }) => {
    const { code, stdout, stderr } = await containers.execute(id, "cat", "/bank/private-key.pem");
    assert.equal(code, 0, stderr);
    return [id, stdout];
  });
  return Object.fromEntries(await Promise.all(read));
}

/** As the dashboard's own user may read it. @param {Containers} containers @param {string} path */
async function readFile(containers, path) {
  const { code, stdout, stderr } = await containers.execute("dashboard", "cat", path);
  assert.equal(code, 0, stderr);
  return stdout;
}
