import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Manifest } from "@pacto/contract";
import { loadSigningKey, signStaffToken } from "@pacto/contract/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Consortium } from "../src/consortium/start-consortium.ts";
import { scanLogs } from "../src/logs/scan-logs.ts";
import { waitUntil } from "../src/processes/wait-until.ts";
import { startTestConsortium } from "../src/vitest/test-consortium.ts";

let consortium: Consortium;
beforeAll(async () => {
  consortium = await startTestConsortium({ hasStaff: false, change: trustNobodyAtTexas });
});
afterAll(() => consortium.stop());

/** Texas keeps its customers to itself: another bank's staff may do nothing there. */
function trustNobodyAtTexas(manifest: Manifest): Manifest {
  const members = manifest.members.map((member) =>
    member.id === "texas" ? { ...member, trust: [] } : member,
  );
  return { ...manifest, members };
}

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

/** What a bank gives a teller of its own to act at a bank. */
async function tellersToken(home: string, bank: string): Promise<string> {
  const key = await loadSigningKey(consortium.files.bank(home).privateKey);
  const person = { sub: "teller", name: "Teller", roles: ["teller" as const], sid: "-" };
  return signStaffToken({ iss: home, aud: bank, ...person }, key, { nowMs: Date.now() });
}

function queryOf(procedure: string, input: object): string {
  return `${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
}

/** A mutation where there is a body, else a query. */
function ask(
  bank: string,
  procedure: string,
  { body, token }: { readonly body?: object; readonly token: string },
): Promise<Response> {
  return fetch(`${consortium.bank(bank).url}/trpc/${procedure}`, {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
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

  it("show another bank's teller the payee, masked, and nothing else where nobody is trusted", async () => {
    const from = await openAccount("arizona", "39053344705", 1_000);
    const to = await openAccount("texas", "82178537464", 7_000);
    const atHome = await tellersToken("arizona", "arizona");
    const sides = {
      from: [{ bank: "arizona", account: from, amountCentavos: 100 }],
      to: [{ bank: "texas", account: to, amountCentavos: 100 }],
    };
    const preview = await ask("arizona", queryOf("transfers.preview", sides), { token: atHome });
    expect(preview.status).toBe(200);
    expect(await preview.json()).toMatchObject({
      result: {
        data: {
          lines: [{ bank: "arizona" }, { bank: "texas", status: "ok", holderMasked: "Ana S." }],
        },
      },
    });

    const abroad = await tellersToken("arizona", "texas");
    const key = { idempotencyKey: randomUUID() };
    for (const [procedure, body] of [
      ["cash.deposit", { ...key, number: to, amountCentavos: 1 }],
      ["clients.create", { ...key, name: "Eve", taxId: "52998224725" }],
      ["transfers.create", { ...key, from: sides.to, to: sides.from }],
    ] as const) {
      const answer = await ask("texas", procedure, { body, token: abroad });
      expect([procedure, answer.status]).toEqual([procedure, 403]);
    }
    for (const [procedure, input] of [
      ["accounts.get", { number: to }],
      ["accounts.list", {}],
      ["accounts.statement", { number: to }],
      ["clients.list", {}],
      ["transfers.list", {}],
      ["transfers.preview", sides],
    ] as const) {
      const answer = await ask("texas", queryOf(procedure, input), { token: abroad });
      expect([procedure, answer.status]).toEqual([procedure, 403]);
      expect(await answer.text()).not.toContain("Souza");
    }
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
