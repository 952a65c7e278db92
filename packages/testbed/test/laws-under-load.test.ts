import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDatabaseUrls } from "../src/consortium/database-urls.ts";
import type { Consortium } from "../src/consortium/start-consortium.ts";
import { checkLaws, type BooksAddress, type LawReport } from "../src/laws/index.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import { startTestConsortium } from "../src/vitest/test-consortium.ts";

/** Longer on demand: PACTO_LOAD_SECONDS=60. */
const SECONDS = Number(process.env["PACTO_LOAD_SECONDS"] ?? "8");
const CALLERS = 20;
const OPENING_CENTAVOS = 100_000;
const BANKS = ["azul", "verde", "ambar", "coral", "violeta"] as const;
type Bank = (typeof BANKS)[number];

interface Side {
  readonly bank: Bank;
  readonly account: string;
  readonly amountCentavos: number;
}

/** What the callers were told, written down as it came (I4). */
interface Told {
  readonly id: string;
  readonly coordinator: Bank;
  readonly state: string;
}

let consortium: Consortium;
let addresses: BooksAddress[];
/** Two accounts at each bank: hot, so that composites compete for them. */
const accounts: { readonly bank: Bank; readonly account: string }[] = [];

beforeAll(async () => {
  consortium = await startTestConsortium({ hasStaff: false, manifest: "brasil" });
  addresses = await Promise.all(
    BANKS.map(async (bank) => {
      const urls = await readDatabaseUrls(consortium.files.folder, bank);
      return { bank, url: urls?.serviceUrl ?? "" };
    }),
  );
  for (const bank of BANKS) {
    const name = { name: "Ana Souza", taxId: "390.533.447-05" };
    const { client } = await call<{ client: { id: string } }>(bank, "clients.create", name);
    for (let nth = 0; nth < 2; nth += 1) {
      const opened = await call<{ account: { number: string } }>(bank, "accounts.open", {
        kind: "checking",
        holders: [client.id],
        openingDepositCentavos: OPENING_CENTAVOS,
      });
      accounts.push({ bank, account: opened.account.number });
    }
  }
}, 120_000);
afterAll(() => consortium.stop());

async function call<Answer>(bank: Bank, procedure: string, input: object): Promise<Answer> {
  const response = await fetch(`${consortium.bank(bank).url}/trpc/${procedure}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await consortium.tokenOf(bank)()}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ idempotencyKey: randomUUID(), ...input }),
    signal: AbortSignal.timeout(10_000),
  });
  const body = (await response.json()) as { result?: { data: Answer } };
  if (body.result === undefined) throw new Error(`${procedure}: ${JSON.stringify(body)}`);
  return body.result.data;
}

/** One to three payers and one or two receivers, all different, of any banks. */
function randomSides(): { from: Side[]; to: Side[] } {
  const shuffled = accounts
    .map((account) => ({ account, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ account }) => account);
  const from = shuffled
    .splice(0, randomInt(1, 4))
    .map((account) => ({ ...account, amountCentavos: randomInt(1, 20_000) }));
  const total = from.reduce((sum, { amountCentavos }) => sum + amountCentavos, 0);
  const [first, second] = shuffled;
  if (first === undefined || second === undefined) throw new Error("too few accounts");
  if (total < 2 || Math.random() < 0.5) return { from, to: [{ ...first, amountCentavos: total }] };
  const part = randomInt(1, total);
  return {
    from,
    to: [
      { ...first, amountCentavos: part },
      { ...second, amountCentavos: total - part },
    ],
  };
}

async function transferUntil(isOver: () => boolean, journal: Told[]): Promise<void> {
  while (!isOver()) {
    const sides = randomSides();
    const coordinator = sides.from[0]?.bank ?? "azul";
    try {
      const { transfer } = await call<{ transfer: { id: string; state: string } }>(
        coordinator,
        "transfers.create",
        { ...sides, waitMs: 1_000 },
      );
      journal.push({ id: transfer.id, coordinator, state: transfer.state });
    } catch {
      // A bank that was killed under the request: the outcome is unknown, and stays out.
      await delay(50);
    }
  }
}

/** Kills a random bank, and starts it again a moment later. */
async function killUntil(isOver: () => boolean): Promise<number> {
  let kills = 0;
  while (!isOver()) {
    const bank = consortium.bank(BANKS[randomInt(BANKS.length)] ?? "azul");
    await bank.kill();
    kills += 1;
    await delay(randomInt(100, 500));
    await bank.start();
    await delay(randomInt(200, 1_000));
  }
  return kills;
}

interface Checked {
  readonly cuts: number;
  readonly broken: readonly LawReport[];
  /** Transactions that a cut found open at one bank and decided at another, over all cuts. */
  readonly inTransit: bigint;
}

async function checkUntil(isOver: () => boolean): Promise<Checked> {
  const broken: LawReport[] = [];
  let cuts = 0;
  let inTransit = 0n;
  while (!isOver()) {
    const reports = await checkLaws(addresses);
    cuts += 1;
    broken.push(...reports.filter(({ holds }) => !holds));
    for (const { counted } of reports) inTransit += counted["inTransit"] ?? 0n;
    await delay(100);
  }
  return { cuts, broken, inTransit };
}

describe("under composites that compete for hot accounts while banks are killed", () => {
  it(
    "every law holds at every cut, nothing acknowledged is lost, and all comes to rest",
    { timeout: (SECONDS + 120) * 1_000 },
    async ({ annotate }) => {
      const endsAt = performance.now() + SECONDS * 1_000;
      const isOver = () => performance.now() > endsAt;
      const journal: Told[] = [];
      const callers = Array.from({ length: CALLERS }, () => transferUntil(isOver, journal));
      const [checked, kills] = await Promise.all([
        checkUntil(isOver),
        killUntil(isOver),
        ...callers,
      ]);
      const committed = journal.filter(({ state }) => state === "committed").length;
      await annotate(`${kills} kills, ${committed} committed of ${journal.length} answered`);
      await annotate(`${checked.cuts} cuts, ${checked.inTransit} transfers seen in transit`);
      expect(checked.broken).toEqual([]);
      // A run that never reached these proves nothing.
      for (const reached of [kills, committed, checked.cuts, checked.inTransit]) {
        expect(Number(reached)).toBeGreaterThan(0);
      }

      const atRest = await waitUntil(
        async () => {
          const reports = await checkLaws(addresses, { atRest: true });
          return reports.every(({ holds }) => holds) ? reports : undefined;
        },
        { timeoutMs: 60_000, everyMs: 250 },
      );
      expect(atRest ?? (await checkLaws(addresses, { atRest: true }))).toEqual(atRest);
      const conservation = atRest?.find(({ id }) => id === "conservation");
      expect(conservation?.amounts).toEqual({
        customersCentavos: BigInt(accounts.length * OPENING_CENTAVOS),
        clearingCentavos: 0n,
        inTransitCentavos: 0n,
      });
      for (const { id, coordinator, state } of journal) {
        if (state === "committed" || state === "aborted") {
          expect([id, await stateOf(coordinator, id)]).toEqual([id, state]);
        }
      }
    },
  );
});

async function stateOf(bank: Bank, id: string): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ id }));
  const response = await fetch(`${consortium.bank(bank).url}/trpc/transfers.get?input=${input}`, {
    headers: { authorization: `Bearer ${await consortium.tokenOf(bank)()}` },
  });
  const body = (await response.json()) as {
    result?: { data: { transfer: { state: string } } };
  };
  return body.result?.data.transfer.state ?? "not found";
}
