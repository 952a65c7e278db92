import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Consortium } from "../src/consortium/start-consortium.ts";
import { scanLogs } from "../src/logs/scan-logs.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import { startTestConsortium } from "../src/vitest/test-consortium.ts";

let consortium: Consortium;
beforeAll(async () => {
  consortium = await startTestConsortium({ hasStaff: false });
});
afterAll(() => consortium.stop());

interface Answer {
  readonly status: number;
  readonly data: Record<string, Record<string, unknown>>;
}

async function call(bank: string, procedure: string, input: object): Promise<Answer> {
  const response = await fetch(`${consortium.bank(bank).url}/trpc/${procedure}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await consortium.tokenOf(bank)()}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as { result?: { data: Answer["data"] } };
  return { status: response.status, data: body.result?.data ?? {} };
}

async function balance(bank: string, number: unknown): Promise<unknown> {
  const input = encodeURIComponent(JSON.stringify({ number }));
  const response = await fetch(`${consortium.bank(bank).url}/trpc/accounts.get?input=${input}`, {
    headers: { authorization: `Bearer ${await consortium.tokenOf(bank)()}` },
  });
  const body = (await response.json()) as { result: { data: Answer["data"] } };
  return body.result.data["account"]?.["ledgerCentavos"];
}

async function openAccount(bank: string, taxId: string, openingDepositCentavos: number) {
  const key = () => ({ idempotencyKey: randomUUID() });
  const { data } = await call(bank, "clients.create", { ...key(), name: "Ana Souza", taxId });
  const opened = await call(bank, "accounts.open", {
    ...key(),
    kind: "checking",
    holders: [data["client"]?.["id"]],
    openingDepositCentavos,
  });
  return opened.data["account"]?.["number"];
}

async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_000;
}

describe("real banks as processes", { timeout: 60_000 }, () => {
  it("are ready, and say so without sign-in", async () => {
    for (const { id, url } of consortium.banks) {
      const status = (await (await fetch(`${url}/status`)).json()) as object;
      expect(status).toMatchObject({ bank: id, ready: true, database: "up" });
    }
  });

  it.runIf(process.platform === "linux")("keep within 120 MB while nobody calls", async () => {
    for (const { pid } of consortium.banks) {
      // What the start left behind is given back a few seconds after it.
      await expect.poll(() => residentMegabytes(pid), { timeout: 20_000 }).toBeLessThan(120);
    }
  });

  it("let nobody in who has no token", async () => {
    const url = `${consortium.bank("texas").url}/trpc/clients.create`;
    const answered = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ idempotencyKey: randomUUID(), name: "Eve", taxId: "52998224725" }),
    });
    expect(answered.status).toBe(401);
  });

  it("lose no centavo when one dies by a failpoint in the middle of a transfer", async () => {
    const [arizona, texas] = [consortium.bank("arizona"), consortium.bank("texas")];
    const from = await openAccount("arizona", "52998224725", 50_000);
    const to = await openAccount("texas", "11144477735", 0);
    await texas.stop();
    await texas.start({ failpoints: { "participant:after-prepare": { action: "kill" } } });
    const transfer = await call("arizona", "transfers.create", {
      idempotencyKey: randomUUID(),
      from: [{ bank: "arizona", account: from, amountCentavos: 20_000 }],
      to: [{ bank: "texas", account: to, amountCentavos: 20_000 }],
      waitMs: 0,
    });
    expect(transfer.status).toBe(200);
    await waitUntil(() => texas.state === "down", { timeoutMs: 10_000 });
    expect(texas.state).toBe("down");
    await texas.start();
    const settled = await waitUntil(
      async () => {
        const [left, reached] = [await balance("arizona", from), await balance("texas", to)];
        const isDecided = (await inDoubt(arizona.url)) + (await inDoubt(texas.url)) === 0;
        return isDecided ? [left, reached] : undefined;
      },
      { timeoutMs: 30_000, everyMs: 100 },
    );
    expect([
      [50_000, 0],
      [30_000, 20_000],
    ]).toContainEqual(settled);
  });

  it("I16: write no personal data and no secret into their logs", async () => {
    const folder = dirname(consortium.files.manifest);
    expect((await readdir(folder, { recursive: true })).join()).toContain("node.log");
    expect(await scanLogs(folder)).toEqual([]);
  });
});

async function inDoubt(url: string): Promise<number> {
  return ((await (await fetch(`${url}/status`)).json()) as { inDoubt: number }).inDoubt;
}
