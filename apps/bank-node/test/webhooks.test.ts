import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isAllowed, isInside, readTargets } from "../src/webhooks/targets.ts";
import {
  newKey,
  openAccountWith,
  refusalOf,
  startBanks,
  type BankInProcess,
  type BanksInProcess,
} from "./banks-in-process.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: {
    readonly type: string;
    readonly sequence: number;
    readonly data: { readonly entries: readonly { account: string; version: number }[] };
  };
}

let banks: BanksInProcess;
let azul: BankInProcess;
let receiver: Server;
let url: string;
let received: Received[] = [];
/** What the receiver answers to the next requests, then 204. */
let answers: number[] = [];

beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  azul = banks.bank("azul");
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      received.push({
        headers: request.headers,
        body,
        event: JSON.parse(body) as Received["event"],
      });
      const status = answers.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: url } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
});
afterAll(async () => {
  await banks.stop();
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(() => {
  received = [];
  answers = [];
});

function register(types: string[] = ["*"]) {
  return azul.staff.webhooks.create({ idempotencyKey: newKey(), url, types });
}

function remove(id: string) {
  const asked = { idempotencyKey: newKey(), id, status: "removed" } as const;
  return azul.staff.webhooks.change(asked);
}

/** Lets time pass: what waits for its next attempt is due now. */
async function hurry(): Promise<void> {
  await azul.sql("UPDATE webhook_endpoint SET wake_at = now() WHERE failures > 0");
}

async function until(count: number): Promise<void> {
  await expect
    .poll(async () => (await hurry(), received.length), { timeout: 20_000, interval: 50 })
    .toBeGreaterThanOrEqual(count);
}

describe("a webhook", () => {
  it("tells every posting once it is registered, signed and in the ledger's order", async () => {
    const number = await openAccountWith(azul, 100_00);
    const { endpoint, secret } = await register();
    const deposit = (amountCentavos: number) =>
      azul.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos });
    await Promise.all([1, 2, 3, 4, 5, 6].map(deposit));
    await until(6);
    const sequences = received.map(({ event }) => event.sequence);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    // In the ledger's order: the versions of the account rise one by one.
    expect(received.map(({ event }) => event.data.entries[0]?.version)).toEqual([2, 3, 4, 5, 6, 7]);
    const [first] = received;
    expect(first?.event).toMatchObject({
      type: "posting.deposit",
      data: { entries: [{ account: number }] },
    });
    const id = String(first?.headers["webhook-id"]);
    const at = String(first?.headers["webhook-timestamp"]);
    const key = Buffer.from(String(secret).replace("whsec_", ""), "base64");
    const signed = createHmac("sha256", key).update(`${id}.${at}.${first?.body}`).digest("base64");
    expect(first?.headers["webhook-signature"]).toBe(`v1,${signed}`);
    await remove(endpoint.id);
  });

  it("is tried again until it is received, and nothing later goes before", async () => {
    const number = await openAccountWith(azul, 0);
    const { endpoint } = await register(["posting.deposit"]);
    answers = [500, 302, 503];
    for (const amountCentavos of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop -- in this order
      await azul.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos });
    }
    await until(5);
    const ids = received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids.slice(0, 4)).size).toBe(1);
    expect(ids[4]).not.toBe(ids[0]);
    expect(new Set(received.slice(0, 4).map(({ body }) => body)).size).toBe(1);
    await expect
      .poll(async () => (await azul.staff.webhooks.deliveries({ id: endpoint.id })).deliveries)
      .toMatchObject([
        { status: "delivered", attempts: 1 },
        { status: "delivered", attempts: 4, lastStatus: 204 },
      ]);
    await remove(endpoint.id);
  });

  it("is told again from any event on, under the same ids", async () => {
    const number = await openAccountWith(azul, 0);
    const { endpoint } = await register(["posting.*"]);
    await azul.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos: 5 });
    await azul.staff.cash.withdraw({ idempotencyKey: newKey(), number, amountCentavos: 5 });
    await until(2);
    const first = received.map(({ headers }) => headers["webhook-id"]);
    const fromSequence = received[0]?.event.sequence ?? 0;
    await azul.staff.webhooks.replay({ idempotencyKey: newKey(), id: endpoint.id, fromSequence });
    await until(4);
    expect(received.slice(2).map(({ headers }) => headers["webhook-id"])).toEqual(first);
    await remove(endpoint.id);
  });

  it("hears nothing while it is paused, and all of it afterwards; not what it did not ask for", async () => {
    const number = await openAccountWith(azul, 0);
    const { endpoint } = await register(["posting.withdrawal"]);
    const status = (asked: "paused" | "active") =>
      azul.staff.webhooks.change({ idempotencyKey: newKey(), id: endpoint.id, status: asked });
    await status("paused");
    await azul.staff.cash.deposit({ idempotencyKey: newKey(), number, amountCentavos: 5 });
    await azul.staff.cash.withdraw({ idempotencyKey: newKey(), number, amountCentavos: 5 });
    expect(received).toEqual([]);
    await status("active");
    await until(1);
    expect(received.map(({ event }) => event.type)).toEqual(["posting.withdrawal"]);
    await remove(endpoint.id);
  });

  it("shows its secret once, and a new one when it is asked for", async () => {
    const input = { idempotencyKey: newKey(), url, types: ["pix.*"] };
    const made = await azul.staff.webhooks.create(input);
    expect(made.secret).toMatch(/^whsec_/);
    expect(await azul.staff.webhooks.create(input)).toEqual({ ...made, secret: null });
    const rotated = await azul.staff.webhooks.rotate({
      idempotencyKey: newKey(),
      id: made.endpoint.id,
    });
    expect(rotated.secret).not.toBe(made.secret);
    const listed = JSON.stringify(await azul.staff.webhooks.list());
    expect(listed).not.toContain("whsec_");
    const kept = await azul.sql("SELECT FROM idempotency_record WHERE result::text ~ 'whsec_'");
    expect(kept).toEqual([]);
    await remove(made.endpoint.id);
    const gone = await refusalOf(remove(made.endpoint.id));
    expect(gone).toMatchObject({ code: "webhook-not-found" });
  });

  it("goes only where the operator allows, and never inside by a public name", async () => {
    for (const wrong of [
      ...["http://hooks.example.com/", "https://hooks.example.com.evil.org/", "http://10.0.0.1/"],
      ...[
        "https://user:pass@hooks.example.com/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
      ],
    ]) {
      const input = { idempotencyKey: newKey(), url: wrong, types: ["*"] };
      // oxlint-disable-next-line no-await-in-loop -- one address after the other
      expect(await refusalOf(azul.staff.webhooks.create(input))).toMatchObject({
        code: "webhook-url-not-allowed",
      });
    }
    const targets = readTargets("https://hooks.example.com, http://127.0.0.1:8080");
    expect(isAllowed(targets, "https://hooks.example.com/a?b")).toBe(true);
    expect(isAllowed(targets, "http://127.0.0.1:8080/")).toBe(true);
    expect(isAllowed(targets, "http://127.0.0.1:8081/")).toBe(false);
    expect(() => readTargets("http://example.com")).toThrow(/http:\/\/example.com/);
    const inside = ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254"];
    for (const address of [...inside, "::1", "fd00::1", "::ffff:127.0.0.1", "0.0.0.0"]) {
      expect([address, isInside(address)]).toEqual([address, true]);
    }
    expect(isInside("93.184.216.34")).toBe(false);
  });

  it("writes nothing for nobody", async () => {
    const before = await azul.sql("SELECT FROM bank_event");
    await openAccountWith(azul, 5);
    expect(await azul.sql("SELECT FROM bank_event")).toHaveLength(before.length);
  });
});
