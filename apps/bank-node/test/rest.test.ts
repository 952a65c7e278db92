import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createKeyRing, generateSigningKey } from "@pacto/contract/signing";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeMetrics } from "../src/metrics/write-metrics.ts";
import { Contacts } from "../src/peers/contacts.ts";
import { Incarnations } from "../src/peers/incarnations.ts";
import { exampleIds, restExamples } from "../src/rest/examples.ts";
import { restOperations } from "../src/rest/operations.ts";
import { appRouter } from "../src/router.ts";
import { buildServer } from "../src/server.ts";
import type { Actor } from "../src/staff/actor.ts";
import { otherBanksHalf } from "./other-banks-half.ts";
import { quietDoor } from "./quiet-door.ts";
import { readStatus } from "../src/status/read-status.ts";
import { newClient, newKey, startBanks, type BanksInProcess } from "./banks-in-process.ts";

const TOKEN = "a-token-of-thirty-two-characters";
const agent = new Agent({ keepAlive: true });
let banks: BanksInProcess;
let app: Awaited<ReturnType<typeof buildServer>>;
let port: number;

beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  const { node, staff: _ } = banks.bank("azul");
  const roles = ["teller", "supervisor", "auditor", "operator", "user-admin"] as const;
  const actor: Actor = { kind: "staff", id: "rest", name: "Rest", homeBank: "azul", roles };
  const createContext = (asked: { actor: Actor; correlationId: string }) => ({
    bank: node.bank,
    ...asked,
  });
  app = await buildServer({
    logger: pino({ level: "silent" }),
    trustedProxies: "loopback",
    readStatus: () => readStatus(node.bank.status),
    readMetrics: async () => writeMetrics([]),
    people: {
      router: appRouter,
      createContext,
      identity: async (token) => (token === TOKEN ? actor : undefined),
      door: quietDoor(),
    },
    peers: {
      router: appRouter,
      createContext,
      directory: {
        self: "azul",
        keys: createKeyRing([]),
        incarnations: new Incarnations(),
      },
      signer: generateSigningKey(),
      contacts: new Contacts([]),
      door: quietDoor(),
      keepRefused: () => undefined,
    },
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  ({ port } = app.server.address() as AddressInfo);
});
afterAll(async () => {
  agent.destroy();
  await app.close();
  await banks.stop();
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function ask(method: string, path: string, { headers = {}, body }: Ask = {}): Promise<Reply> {
  const text = body === undefined ? "" : JSON.stringify(body);
  const type = text === "" ? {} : { "content-type": "application/json" };
  const all = { authorization: `Bearer ${TOKEN}`, ...type, ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, method, path, headers: all }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const answered = Buffer.concat(parts).toString("utf8");
        const isJson = /json/.test(response.headers["content-type"] ?? "");
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: answered,
          json: isJson && answered !== "" ? (JSON.parse(answered) as Reply["json"]) : {},
        });
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

interface Shown {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly example?: string | number;
  }[];
  readonly requestBody?: {
    readonly content: { readonly "application/json": { readonly example?: unknown } };
  };
}

/** Sends what the document shows for an operation, nothing else. */
async function sendShown(
  method: string,
  path: string,
  shown: Shown,
  put: (text: string) => string,
) {
  const parameters = shown.parameters ?? [];
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place, example } of parameters) {
    if (example === undefined) continue;
    if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(String(example)));
    if (place === "query") query.set(name, String(example));
  }
  const isKeyed = parameters.some(({ name }) => name === "Idempotency-Key");
  const body = shown.requestBody?.content["application/json"].example;
  const asked = query.size === 0 ? url : `${url}?${query.toString()}`;
  return ask(method, `/api${put(asked)}`, {
    headers: isKeyed ? { "idempotency-key": newKey() } : {},
    ...(body === undefined ? {} : { body: JSON.parse(put(JSON.stringify(body))) as unknown }),
  });
}

describe("REST", () => {
  it("answers every example of its own document", async () => {
    const [azul, verde] = [banks.bank("azul"), banks.bank("verde")];
    await verde.staff.accounts.open({
      idempotencyKey: newKey(),
      kind: "checking",
      holders: [await newClient(verde)],
      openingDepositCentavos: 20_000,
      number: "70001-0",
    });
    const { json: document, headers } = await ask("GET", "/api/openapi.json");
    expect(document["openapi"]).toBe("3.1.0");
    expect(headers["etag"]).toBeTypeOf("string");
    const paths = document["paths"] as Record<string, Record<string, Shown>>;
    const operations = new Map(restOperations(appRouter).map((one) => [one.procedure, one]));
    const known = new Map<string, string>();
    const put = (text: string) =>
      [...known].reduce((sofar, [shown, real]) => sofar.replaceAll(shown, real), text);
    const comesBefore = otherBanksHalf({ here: azul, there: verde, account: "70001-0" }, known);
    const answered: [string, number][] = [];
    for (const procedure of Object.keys(restExamples)) {
      const operation = operations.get(procedure);
      if (operation === undefined) throw new Error(`no operation ${procedure}`);
      const shown = paths[operation.path]?.[operation.method.toLowerCase()];
      if (shown === undefined) throw new Error(`the document lacks ${procedure}`);
      // oxlint-disable-next-line no-await-in-loop -- a story: each step needs the one before
      await comesBefore[procedure]?.();
      // oxlint-disable-next-line no-await-in-loop -- likewise
      const { status, json, text } = await sendShown(operation.method, operation.path, shown, put);
      for (const [name, placeholder] of Object.entries(exampleIds)) {
        const made = json[name] as { id?: string } | undefined;
        if (made?.id !== undefined) known.set(placeholder, made.id);
      }
      answered.push([status === 200 ? procedure : `${procedure}: ${text}`, status]);
    }
    expect(answered).toEqual(Object.keys(restExamples).map((procedure) => [procedure, 200]));
  }, 60_000);

  it("does a thing once for its key, and says what differs when the key comes back", async () => {
    const headers = { "idempotency-key": newKey() };
    const client = { name: "Bruno Lima", taxId: "111.444.777-35" };
    const first = await ask("POST", "/api/clients", { headers, body: client });
    const again = await ask("POST", "/api/clients", { headers, body: client });
    expect(again.json).toEqual(first.json);
    const other = { ...client, name: "Bruna Lima" };
    const conflict = await ask("POST", "/api/clients", { headers, body: other });
    expect(conflict.status).toBe(409);
    expect(conflict.json).toMatchObject({ code: "idempotency-conflict" });
  });

  it("refuses with problem details in the reader's language", async () => {
    const english = { "accept-language": "en-GB,en;q=0.9,pt;q=0.5" };
    const { status, headers, json } = await ask("GET", "/api/accounts/99999-9", {
      headers: english,
    });
    expect(status).toBe(404);
    expect(headers["content-type"]).toContain("application/problem+json");
    expect(json).toMatchObject({
      type: "urn:pacto:problem:account-not-found",
      code: "account-not-found",
      isoReason: "AC03",
      detail: expect.stringContaining("There is no account 99999-9") as string,
    });
    const portuguese = await ask("GET", "/api/accounts/99999-9");
    expect(portuguese.json["detail"]).toContain("Não há conta");
  });

  it("refuses what it cannot read, and who is not signed in", async () => {
    const listed = await ask("GET", "/api/accounts?limit=many");
    expect([listed.status, listed.json["code"]]).toEqual([400, "invalid-input"]);
    const noList = await ask("POST", "/api/clients", { body: ["Ana"] });
    expect([noList.status, noList.json["code"]]).toEqual([400, "bad-request"]);
    const lost = await ask("GET", "/api/nowhere");
    expect([lost.status, lost.json["code"]]).toEqual([404, "not-found"]);
    const stranger = await ask("GET", "/api/clients", { headers: { authorization: "Bearer x" } });
    expect([stranger.status, stranger.json["code"]]).toEqual([401, "not-signed-in"]);
    const keyless = await ask("POST", "/api/clients", { body: { name: "Eva", taxId: "1" } });
    expect(keyless.json).toMatchObject({ details: { field: "Idempotency-Key" } });
  });

  it("spares a caller the answer that it has", async () => {
    const { headers } = await ask("GET", "/api/clients");
    const etag = String(headers["etag"]);
    const again = await ask("GET", "/api/clients", { headers: { "if-none-match": etag } });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  it("shows its document to people without asking anybody else for anything", async () => {
    const page = await ask("GET", "/docs/");
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/src="https?:/);
    const script = /src="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const { pathname } = new URL(script, `http://127.0.0.1/docs/`);
    expect((await ask("GET", pathname)).headers["content-type"]).toContain("javascript");
  });
});
