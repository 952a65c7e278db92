import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type * as ForwardLab from "./forward-lab.ts";

const folder = mkdtempSync(path.join(tmpdir(), "pacto-forward-lab-"));
const servers: Server[] = [];
/** What reached the consortium's control interface. */
let reached: string[] = [];
let isOperator = true;
let lab: typeof ForwardLab;

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const bank = await listen(
    createServer((_, response) => {
      const roles = isOperator ? ["teller", "operator"] : ["teller"];
      const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
      const person = { id: "ana", name: "Ana", email: "ana@azul.example", roles };
      const times = { expiresAt: inAnHour, idleUntil: inAnHour, endsAt: inAnHour };
      response.end(JSON.stringify({ result: { data: { token: "a.b.c", ...times, person } } }));
    }),
  );
  // A bank that is away says nothing about anybody.
  const gone = "http://127.0.0.1:9";
  const control = await listen(
    createServer((request, response) => {
      reached.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.end('{"seed":1}');
    }),
  );
  const member = {
    id: "azul",
    ispb: "90400001",
    name: "Banco Azul",
    colour: "#112233",
    mark: "AZ",
    url: bank,
    publicKeys: [{ keyId: "12345678", publicKey: "A".repeat(43) }],
    trust: [],
    caps: {},
  };
  const manifest = {
    consortium: { id: "test", name: "Test" },
    locale: "pt-BR",
    epoch: 1,
    decider: { kind: "local" },
    members: [member, { ...member, id: "verde", ispb: "90400002", mark: "VD", url: gone }],
    signatures: [],
  };
  const write = (name: string, content: unknown) => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  vi.stubEnv("PACTO_MANIFEST", write("manifest.json", manifest));
  vi.stubEnv(
    "PACTO_CONTROL_FILE",
    write("control.json", { url: control, token: "control-secret" }),
  );
  lab = await import("./forward-lab.ts");
});

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  reached = [];
});

const origin = "http://127.0.0.1:3000";
const cookie = `__Host-pacto-session=azul.${"s".repeat(32)}`;
const ours = { host: "127.0.0.1:3000", origin, "sec-fetch-site": "same-origin", cookie };

function post(headers: Record<string, string>): Request {
  const all = { "content-type": "application/json", ...headers };
  return new Request(`${origin}/api/lab/acts`, { method: "POST", headers: all, body: "{}" });
}

// Before anybody was let in: a node's word is kept for a while.
it("lets nobody in whom no bank calls an operator", async () => {
  isOperator = false;
  // A session of its own: what a bank said of one is kept while its token is good.
  const cookie = `__Host-pacto-session=azul.${"t".repeat(32)}`;
  expect((await lab.forwardLab(post({ ...ours, cookie }), ["acts"])).status).toBe(403);
  isOperator = true;
  expect(reached).toEqual([]);
});

it("passes an operator's act on with the control's own token", async () => {
  expect((await lab.forwardLab(post(ours), ["acts"])).status).toBe(200);
  expect(reached).toEqual(["POST /lab/acts Bearer control-secret"]);
});

it("lets nobody in who is not signed in", async () => {
  const { cookie: _, ...without } = ours;
  expect((await lab.forwardLab(post(without), ["acts"])).status).toBe(403);
  expect(reached).toEqual([]);
});

it.each([
  ["another site", { ...ours, "sec-fetch-site": "cross-site" }, ["acts"], 403],
  ["another origin", { ...ours, origin: "http://evil.example" }, ["acts"], 403],
  [
    "a name that is not ours",
    { ...ours, host: "evil.example", origin: "http://evil.example" },
    ["acts"],
    421,
  ],
  ["a form", { ...ours, "content-type": "text/plain" }, ["acts"], 415],
  ["any other path of the control", ours, ["..", "parts", "azul", "kill"], 404],
])("refuses %s", async (_, headers, wanted, status) => {
  expect((await lab.forwardLab(post(headers), wanted)).status).toBe(status);
  expect(reached).toEqual([]);
});
