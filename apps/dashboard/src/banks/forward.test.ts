import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { forgetToken as ForgetToken } from "./ask-sign-in.ts";
import type * as Forward from "./forward.ts";

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

const folder = mkdtempSync(path.join(tmpdir(), "pacto-forward-"));
const asked: Asked[] = [];
let bank: Server;
let forward: typeof Forward;
let forgetToken: typeof ForgetToken;

/** A bank that answers everything with `{"ok":true}`, and one that hangs up before it answers. */
async function answer(request: IncomingMessage): Promise<string | null> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const { method = "", url = "", headers } = request;
  asked.push({ method, url, authorization: headers.authorization, body });
  if (url === "/trpc/signIn.token") return signedIn(body);
  return url.includes("accounts.open") ? null : '{"ok":true}';
}

const SESSION = "azul.0123456789abcdef0123456789abcdef";
/** Sessions that the bank has ended. */
const ended = new Set<string>();

/** A token for the bank that is asked, as long as the session lasts. */
function signedIn(body: string): string {
  const { session, bank: to } = JSON.parse(body) as { session: string; bank: string };
  if (ended.has(session)) {
    return '{"error":{"data":{"refusal":{"code":"session-ended","details":{}}}}}';
  }
  const soon = new Date(Date.now() + 180_000).toISOString();
  const person = { id: "p1", name: "Ana", email: "ana@azul.example", roles: ["teller"] };
  const times = { expiresAt: soon, idleUntil: soon, endsAt: soon };
  return JSON.stringify({ result: { data: { token: `token-for-${to}`, person, ...times } } });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  bank = createServer((request, response) => {
    void answer(request).then((text) => {
      if (text === null) request.socket.destroy();
      else response.end(text);
    });
  });
  const port = await listen(bank);
  const gone = createServer();
  const deadPort = await listen(gone);
  await new Promise((resolve) => gone.close(resolve));
  const member = (id: string, mark: string, ispb: string, url: string) => ({
    id,
    ispb,
    name: `Banco ${id}`,
    colour: "#112233",
    mark,
    url,
    publicKeys: [{ keyId: "12345678", publicKey: "A".repeat(43) }],
    trust: [],
    caps: {},
  });
  const manifest = {
    consortium: { id: "test", name: "Test" },
    locale: "pt-BR",
    epoch: 1,
    decider: { kind: "local" },
    members: [
      member("azul", "AZ", "90400001", `http://127.0.0.1:${port}`),
      member("coral", "CR", "90400002", `http://127.0.0.1:${deadPort}`),
    ],
    signatures: [],
  };
  writeFileSync(path.join(folder, "manifest.json"), JSON.stringify(manifest));
  vi.stubEnv("PACTO_MANIFEST", path.join(folder, "manifest.json"));
  forward = await import("./forward.ts");
  ({ forgetToken } = await import("./ask-sign-in.ts"));
});

afterAll(() => {
  bank.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = "http://127.0.0.1:3000";
const ours = {
  host: "127.0.0.1:3000",
  origin: page,
  "sec-fetch-site": "same-origin",
  "content-type": "application/json",
  cookie: `a=b; __Host-pacto-session=${SESSION}`,
};

function post(headers: Record<string, string>, body = "{}"): Request {
  return new Request(`${page}/api/banks/azul/trpc/cash.deposit`, { method: "POST", headers, body });
}

function get(query = ""): Request {
  const url = `${page}/api/banks/azul/trpc/accounts.list${query}`;
  return new Request(url, { headers: { host: ours.host, cookie: ours.cookie } });
}

async function codeOf(response: Response): Promise<string> {
  const body = (await response.json()) as { error: { data: { refusal: { code: string } } } };
  return body.error.data.refusal.code;
}

describe("forwarding to a bank", () => {
  it("passes a question on with the caller's identity", async () => {
    const response = await forward.forwardCall(get("?input=%7B%7D"), "azul", ["accounts.list"]);
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(asked.at(-1)).toMatchObject({
      method: "GET",
      url: "/trpc/accounts.list?input=%7B%7D",
      authorization: "Bearer token-for-azul",
    });
  });

  it("asks nobody for somebody who has not signed in, or whose cookie is no session", async () => {
    for (const cookie of ["", "__Host-pacto-session=", "__Host-pacto-session=azul", "x=azul.y"]) {
      const request = new Request(get().url, { headers: { host: ours.host, cookie } });
      const response = await forward.forwardCall(request, "azul", ["accounts.list"]);
      expect([response.status, await codeOf(response)]).toEqual([401, "not-signed-in"]);
    }
  });

  it("asks the home bank for a token once, and hears from it when the session has ended", async () => {
    const secret = "another-session-of-the-same-person";
    const cookie = `__Host-pacto-session=azul.${secret}`;
    const ask = () =>
      forward.forwardCall(
        new Request(get().url, { headers: { host: ours.host, cookie } }),
        ...(["azul", ["accounts.list"]] as const),
      );
    const tokensAsked = () => asked.filter(({ url }) => url === "/trpc/signIn.token").length;
    const before = tokensAsked();
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    expect(tokensAsked()).toBe(before + 1);
    ended.add(secret);
    forgetToken({ bank: "azul", secret }, "azul");
    expect(await codeOf(await ask())).toBe("session-ended");
  });

  it("does not pass the sign-in on: its answers hold what no script may read", async () => {
    const response = await forward.forwardCall(post(ours), "azul", ["signIn.token"]);
    expect(response.status).toBe(404);
  });

  it("asks for a status without any identity", async () => {
    await forward.forwardStatus(get(), "azul");
    expect(asked.at(-1)).toMatchObject({ url: "/status", authorization: undefined });
  });

  it("passes a change on when this origin's own page sends it", async () => {
    const response = await forward.forwardCall(post(ours, '{"a":1}'), "azul", ["cash.deposit"]);
    expect(response.status).toBe(200);
    expect(asked.at(-1)).toMatchObject({ method: "POST", body: '{"a":1}' });
  });

  it.each([
    ["another site", { ...ours, "sec-fetch-site": "cross-site" }, 403],
    ["another origin", { ...ours, origin: "http://evil.example" }, 403],
    ["a sibling origin", { ...ours, "sec-fetch-site": "same-site" }, 403],
    ["a request without any origin", { host: ours.host, "content-type": "application/json" }, 403],
    ["a form", { ...ours, "content-type": "application/x-www-form-urlencoded" }, 415],
    ["a file form", { ...ours, "content-type": "multipart/form-data; boundary=x" }, 415],
    [
      "a name that is not ours",
      { ...ours, host: "evil.example", origin: "http://evil.example" },
      421,
    ],
  ])("refuses a change from %s", async (_, headers, status) => {
    const before = asked.length;
    const response = await forward.forwardCall(post(headers), "azul", ["cash.deposit"]);
    expect(response.status).toBe(status);
    expect(asked).toHaveLength(before);
  });

  it("refuses a body of more than 64 KiB", async () => {
    const large = post(ours, JSON.stringify("x".repeat(64 * 1024)));
    expect((await forward.forwardCall(large, "azul", ["cash.deposit"])).status).toBe(413);
  });

  it.each([
    ["commit.prepare"],
    ["commit.decide"],
    ["cash.deposit,commit.decide"],
    ["../status"],
    ["cash.deposit?x="],
  ])("does not reach %s", async (call) => {
    expect((await forward.forwardCall(get(), "azul", [call])).status).toBe(404);
  });

  it("knows members and nobody else", async () => {
    const response = await forward.forwardStatus(get(), "mallory");
    expect(response.status).toBe(404);
    expect(await codeOf(response)).toBe("unknown-bank");
  });

  it("says at once that a dead bank does not answer, also to a change: it was never sent", async () => {
    const status = await forward.forwardStatus(get(), "coral");
    expect([status.status, await codeOf(status)]).toEqual([502, "bank-unreachable"]);
    const change = await forward.forwardCall(post(ours), "coral", ["cash.deposit"]);
    expect([change.status, await codeOf(change)]).toEqual([502, "bank-unreachable"]);
  });

  it("tells a change whose answer was lost as unknown, never as failed", async () => {
    const response = await forward.forwardCall(post(ours), "azul", ["accounts.open"]);
    expect([response.status, await codeOf(response)]).toEqual([502, "outcome-unknown"]);
  });
});
