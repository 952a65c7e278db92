import { initTRPC } from "@trpc/server";
import { fastify, type FastifyInstance } from "fastify";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { parseManifest, type Manifest } from "@pacto/contract";
import { generateSigningKey, signRequest, newMessageId } from "@pacto/contract/signing";
import type { SigningKey } from "@pacto/contract/signing";
import { createPeers, type Peers } from "../src/peers/client.ts";
import { Contacts } from "../src/peers/contacts.ts";
import { createDirectory } from "../src/peers/directory.ts";
import type { RefusedRequest } from "../src/peers/keep-refused.ts";
import { registerPeerRoutes } from "../src/peers/routes.ts";
import { quietDoor } from "./quiet-door.ts";

const azul = generateSigningKey();
const verde = generateSigningKey();
const soon = { timeoutMs: 5_000 };

interface Verde {
  readonly url: string;
  readonly app: FastifyInstance;
  /** Items of each request, as they came. */
  readonly requests: unknown[][];
  /** What was turned away, as it is kept. */
  readonly refused: RefusedRequest[];
  /** Requests wait here until it resolves. */
  hold: Promise<void>;
}

/** A bank that answers each number with its square, and refuses words. */
async function openVerde(key: SigningKey = verde, port = 0): Promise<Verde> {
  const t = initTRPC.context<{ actor: { kind: "peer"; bank: string } }>().create();
  const bank: Verde = {
    url: "",
    app: fastify(),
    requests: [],
    refused: [],
    hold: Promise.resolve(),
  };
  const input = z.strictObject({ items: z.array(z.number()) });
  const square = t.procedure.input(input).mutation(async ({ input: { items } }) => {
    bank.requests.push(items);
    await bank.hold;
    return { items: items.map((item) => item * item) };
  });
  const whoami = t.procedure.mutation(({ ctx }) => ({ items: [ctx.actor.bank] }));
  const fail = t.procedure.mutation(() => {
    throw new Error("a secret of verde");
  });
  const router = t.router({ commit: t.router({ prepare: square, decide: square, whoami, fail }) });
  await bank.app.register(async (scope) =>
    registerPeerRoutes(scope, {
      router,
      createContext: (context) => context,
      directory: createDirectory(manifestWith("http://127.0.0.1:1"), "verde"),
      signer: key,
      contacts: new Contacts([]),
      door: quietDoor(),
      keepRefused: (request) => void bank.refused.push(request),
    }),
  );
  await bank.app.listen({ host: "127.0.0.1", port });
  onTestFinished(() => bank.app.close());
  const address = bank.app.server.address() as AddressInfo;
  return Object.assign(bank, { url: `http://127.0.0.1:${address.port}` });
}

function manifestWith(verdeUrl: string): Manifest {
  const member = (id: string, key: SigningKey, url: string) => ({
    id,
    ispb: id === "azul" ? "00000001" : "00000002",
    name: id,
    colour: "#000000",
    mark: id.slice(0, 2),
    url,
    publicKeys: [{ keyId: key.keyId, publicKey: key.publicKey }],
    trust: [],
    caps: {},
  });
  return parseManifest(
    JSON.stringify({
      consortium: { id: "test", name: "Test" },
      locale: "en",
      epoch: 1,
      decider: { kind: "local" },
      members: [member("azul", azul, "http://127.0.0.1:2"), member("verde", verde, verdeUrl)],
      signatures: [],
    }),
    "test",
  );
}

function peersOfAzul(verdeUrl: string, key: SigningKey = azul) {
  const directory = createDirectory(manifestWith(verdeUrl), "azul");
  const contacts = new Contacts(directory.peers);
  const peers: Peers = createPeers({ directory, signer: key, contacts });
  onTestFinished(() => peers.close());
  return { peers, contacts, directory };
}

const kinds = (results: readonly { kind: string }[]) => results.map(({ kind }) => kind);

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}

describe("a bank that was restored from a backup (R49)", () => {
  it("is heard, and what still runs on its abandoned database is not any more", async () => {
    const bank = await openVerde();
    const abandoned = peersOfAzul(bank.url);
    const restored = peersOfAzul(bank.url);
    restored.directory.incarnations.own = 2;
    const ask = ({ peers }: typeof restored) => peers.call("verde", "commit.whoami", [null], soon);
    expect(kinds(await ask(abandoned))).toEqual(["answer"]);
    expect(kinds(await ask(restored))).toEqual(["answer"]);
    expect(kinds(await ask(abandoned))).toEqual(["bad-answer"]);
    expect(kinds(await ask(restored))).toEqual(["answer"]);
  });

  it("is not believed when an abandoned life of it answers", async () => {
    const bank = await openVerde();
    const { peers, directory } = peersOfAzul(bank.url);
    directory.incarnations.load([{ bank: "verde", incarnation: 2 }], () => undefined);
    const results = await peers.call("verde", "commit.whoami", [null], soon);
    expect(results).toEqual([{ kind: "bad-answer", reason: "old-incarnation" }]);
  });
});

describe("calling another bank", () => {
  it("gets each item's answer, signed by that bank", async () => {
    const bank = await openVerde();
    const { peers, contacts } = peersOfAzul(bank.url);
    expect(await peers.call("verde", "commit.prepare", [2, 3], soon)).toEqual([
      { kind: "answer", value: 4 },
      { kind: "answer", value: 9 },
    ]);
    expect(await peers.call("verde", "commit.whoami", [null], soon)).toEqual([
      { kind: "answer", value: "azul" },
    ]);
    expect(await peers.call("verde", "commit.prepare", [], soon)).toEqual([]);
    expect(contacts.list()).toMatchObject([{ bank: "verde", reachable: true }]);
  });

  it("lets items gather while requests are in flight, and waits for nobody otherwise", async () => {
    const bank = await openVerde();
    const { peers } = peersOfAzul(bank.url);
    let release: () => void = () => undefined;
    bank.hold = new Promise((resolve) => {
      release = resolve;
    });
    const call = (items: number[]) => peers.call("verde", "commit.prepare", items, soon);
    const together = [call([1]), call([2])];
    await until(() => bank.requests.length === 1);
    const second = call([3]);
    await until(() => bank.requests.length === 2);
    const gathered = Array.from({ length: 100 }, (_, index) => call([index]));
    const other = peers.call("verde", "commit.decide", [7], soon);
    await until(() => bank.requests.length === 3);
    release();
    await Promise.all([...together, second, ...gathered, other]);
    expect(bank.requests[0]).toEqual([1, 2]);
    expect(bank.requests[1]).toEqual([3]);
    // Another procedure is not held up by the first one's queue.
    expect(bank.requests[2]).toEqual([7]);
    expect(bank.requests.slice(3).map((items) => items.length)).toEqual([64, 36]);
  });

  it("does not let one malformed item take its neighbours with it", async () => {
    const bank = await openVerde();
    const { peers } = peersOfAzul(bank.url);
    const results = await peers.call("verde", "commit.prepare", [2, "word", 4], soon);
    expect(kinds(results)).toEqual(["answer", "bad-answer", "answer"]);
    expect(results[2]).toEqual({ kind: "answer", value: 16 });
  });

  it("takes an error of the other bank for unknown, and learns nothing of its insides", async () => {
    const bank = await openVerde();
    const { peers } = peersOfAzul(bank.url);
    expect(await peers.call("verde", "commit.fail", [1], soon)).toEqual([
      { kind: "bad-answer", reason: "status-500" },
    ]);
    expect(await peers.call("verde", "commit.nothing", [1], soon)).toEqual([
      { kind: "bad-answer", reason: "status-404" },
    ]);
  });

  it("does not believe an answer that another key signed (R18)", async () => {
    const bank = await openVerde(generateSigningKey());
    const { peers } = peersOfAzul(bank.url);
    expect(await peers.call("verde", "commit.prepare", [2], soon)).toEqual([
      { kind: "bad-answer", reason: "unknown-key" },
    ]);
  });

  it("is turned away when it signs with a key that is not the manifest's", async () => {
    const bank = await openVerde();
    const { peers } = peersOfAzul(bank.url, generateSigningKey());
    expect(await peers.call("verde", "commit.prepare", [2], soon)).toEqual([
      { kind: "bad-answer", reason: "status-401" },
    ]);
    expect(bank.requests).toEqual([]);
  });

  it("times out when the other bank hangs (lesson 10), and asks on a fresh request", async () => {
    const bank = await openVerde();
    const { peers, contacts } = peersOfAzul(bank.url);
    let release: () => void = () => undefined;
    bank.hold = new Promise((resolve) => {
      release = resolve;
    });
    const hung = await peers.call("verde", "commit.prepare", [2], { timeoutMs: 50 });
    expect(kinds(hung)).toEqual(["timeout"]);
    await until(() => contacts.list()[0]?.reachable === false);
    release();
    expect(kinds(await peers.call("verde", "commit.prepare", [3], soon))).toEqual(["answer"]);
  });

  it("says at once that a bank is unreachable, and reaches it again when it is back", async () => {
    const bank = await openVerde();
    const { port } = new URL(bank.url);
    await bank.app.close();
    const { peers, contacts } = peersOfAzul(bank.url);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const [result] = await peers.call("verde", "commit.prepare", [2], soon);
      expect(result).toEqual({ kind: "unreachable", reason: "ECONNREFUSED" });
    }
    expect(await peers.call("verde", "commit.prepare", [2], soon)).toEqual([
      { kind: "unreachable", reason: "circuit-open" },
    ]);
    await openVerde(verde, Number(port));
    let result: { kind: string } | undefined;
    while (result?.kind !== "answer") {
      [result] = await peers.call("verde", "commit.prepare", [2], soon);
    }
    expect(contacts.list()).toMatchObject([{ bank: "verde", reachable: true }]);
  });

  it("survives a peer that closed an idle connection", async () => {
    const bank = await openVerde();
    const { peers } = peersOfAzul(bank.url);
    for (let round = 0; round < 5; round += 1) {
      expect(kinds(await peers.call("verde", "commit.prepare", [round], soon))).toEqual(["answer"]);
      bank.app.server.closeAllConnections();
    }
  });

  it("never calls a bank that is no member", async () => {
    const { peers } = peersOfAzul("http://127.0.0.1:1");
    await expect(peers.call("roxo", "commit.prepare", [1], soon)).rejects.toThrow(/no peer/);
    await expect(peers.call("azul", "commit.prepare", [1], soon)).rejects.toThrow(/no peer/);
  });
});

describe("being called by another bank", () => {
  const body = JSON.stringify({ items: [5] });
  const path = "/trpc/commit.prepare";

  function signedHeaders(receiver = "verde", nowMs = Date.now()): Record<string, string> {
    const parties = { sender: "azul", receiver, incarnation: 1, messageId: newMessageId() };
    return {
      ...signRequest({ method: "POST", path, body }, parties, { key: azul, nowMs }),
      "content-type": "application/json",
    };
  }

  async function post(bank: Verde, changes: RequestInit & { path?: string } = {}) {
    const headers = changes.headers ?? signedHeaders();
    const response = await fetch(new URL(changes.path ?? path, bank.url), {
      method: "POST",
      body,
      ...changes,
      headers,
    });
    const answer = (await response.json()) as { error?: { code?: string } };
    return { status: response.status, code: answer.error?.code };
  }

  it("takes a signed request once, and refuses its replay", async () => {
    const bank = await openVerde();
    const headers = signedHeaders();
    expect(await post(bank, { headers })).toMatchObject({ status: 200 });
    expect(await post(bank, { headers })).toEqual({ status: 401, code: "message-replayed" });
    expect(bank.requests).toEqual([[5]]);
  });

  it("refuses before parsing whatever is not signed as it stands", async () => {
    const bank = await openVerde();
    const json = { "content-type": "application/json" };
    expect(await post(bank, { headers: json })).toEqual({ status: 401, code: "signature-missing" });
    expect(await post(bank, { body: "{ not json" })).toEqual({
      status: 401,
      code: "digest-mismatch",
    });
    expect(await post(bank, { headers: signedHeaders("azul") })).toEqual({
      status: 401,
      code: "wrong-receiver",
    });
    expect(await post(bank, { headers: signedHeaders("verde", Date.now() - 120_000) })).toEqual({
      status: 401,
      code: "clock-skew",
    });
    expect(await post(bank, { path: "/trpc/commit.decide" })).toEqual({
      status: 401,
      code: "signature-invalid",
    });
    expect(await post(bank, { path: `${path}?batch=1` })).toEqual({
      status: 401,
      code: "query-not-allowed",
    });
    expect(bank.requests).toEqual([]);
    expect(bank.refused.map(({ refusal, claimedSender }) => [refusal, claimedSender])).toEqual([
      ["signature-missing", ""],
      ["digest-mismatch", "azul"],
      ["wrong-receiver", "azul"],
      ["clock-skew", "azul"],
      ["signature-invalid", "azul"],
      ["query-not-allowed", "azul"],
    ]);
    expect(bank.refused[1]).toMatchObject({
      procedure: "commit.prepare",
      headers: { "pacto-message-id": expect.stringMatching(/^[0-9a-f-]{36}$/) },
      bytes: 10,
      address: "127.0.0.1",
    });
  });

  it("refuses bodies that are no JSON or larger than 1 MiB", async () => {
    const bank = await openVerde();
    const text = { ...signedHeaders(), "content-type": "text/plain" };
    expect((await post(bank, { headers: text })).status).toBe(415);
    expect((await post(bank, { body: "x".repeat(1024 * 1024 + 1) })).status).toBe(413);
  });
});
