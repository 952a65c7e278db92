import net from "node:net";
import type { AddressInfo } from "node:net";
import { Incarnations } from "../src/peers/incarnations.ts";
import { initTRPC, TRPCError } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { StatusOutput } from "@pacto/contract";
import { createKeyRing, generateSigningKey } from "@pacto/contract/signing";
import { writeMetrics } from "../src/metrics/write-metrics.ts";
import { Contacts } from "../src/peers/contacts.ts";
import { buildServer } from "../src/server.ts";
import type { Actor } from "../src/staff/actor.ts";
import { quietDoor } from "./quiet-door.ts";

const TOKEN = "a-token-of-thirty-two-characters";
const DEMO: Actor = { kind: "staff", id: "d", name: "Demo", homeBank: "azul", roles: ["teller"] };

const status: StatusOutput = {
  bank: "azul",
  version: "1.0.0",
  incarnation: 1,
  database: "up",
  decider: "local",
  inDoubt: 0,
  oldestInDoubtMs: 0,
  revision: "r1",
  peers: [],
  clock: "2026-11-21T12:00:00.000Z",
  ready: true,
};

interface Context {
  readonly actor: Actor;
  readonly correlationId: string;
}

const t = initTRPC.context<Context>().create();
const router = t.router({
  double: t.procedure.input(z.int()).query(({ input }) => input * 2),
  deposit: t.procedure
    .input(z.strictObject({ amountCentavos: z.int() }))
    .mutation(({ input, ctx }) => ({ ...input, actor: ctx.actor.kind })),
  correlation: t.procedure.query(({ ctx }) => ctx.correlationId),
  refuse: t.procedure.mutation(() => {
    throw new TRPCError({ code: "CONFLICT", message: "refused" });
  }),
  commit: t.router({ prepare: t.procedure.mutation(() => ({ items: [] })) }),
});

async function openServer(current: StatusOutput = status) {
  const lines: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  const createContext = (context: Context) => context;
  const app = await buildServer({
    logger,
    trustedProxies: "loopback",
    readStatus: async () => current,
    readMetrics: async () => writeMetrics([]),
    people: {
      router,
      createContext,
      identity: async (token) => (token === TOKEN ? DEMO : undefined),
      door: quietDoor(),
    },
    peers: {
      router,
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
  onTestFinished(() => app.close());
  return { app, lines };
}

function post(app: FastifyInstance, path: string, payload: unknown, headers = {}) {
  return app.inject({
    method: "POST",
    url: `/trpc/${path}`,
    headers: { "content-type": "application/json", ...headers },
    payload: typeof payload === "string" ? payload : JSON.stringify(payload),
  });
}

describe("the bank's door for people", () => {
  it("speaks tRPC's wire, alone and in batches", async () => {
    const { app } = await openServer();
    const alone = await app.inject("/trpc/double?input=21");
    expect(alone.json()).toEqual({ result: { data: 42 } });
    const batch = await app.inject(
      `/trpc/double,double?batch=1&input=${encodeURIComponent('{"0":1,"1":2}')}`,
    );
    expect(batch.json()).toEqual([{ result: { data: 2 } }, { result: { data: 4 } }]);
    const deposit = await post(app, "deposit", { amountCentavos: 5 });
    expect(deposit.json()).toEqual({
      result: { data: { amountCentavos: 5, actor: "anonymous" } },
    });
    expect(deposit.headers["content-type"]).toMatch(/^application\/json/);
  });

  it("knows its callers by their tokens and nobody else", async () => {
    const { app } = await openServer();
    const actorOf = async (authorization: string) => {
      const answer = await post(app, "deposit", { amountCentavos: 5 }, { authorization });
      return answer.json().result.data.actor;
    };
    expect(await actorOf(`Bearer ${TOKEN}`)).toBe("staff");
    expect(await actorOf(`Bearer ${TOKEN}x`)).toBe("anonymous");
    expect(await actorOf(`Basic ${TOKEN}`)).toBe("anonymous");
  });

  it("answers what it refuses with tRPC's codes", async () => {
    const { app } = await openServer();
    const codes = [
      await post(app, "refuse", {}),
      await post(app, "deposit", { amountCentavos: 0.5 }),
      await post(app, "deposit", "{ not json"),
      await post(app, "nothing", {}),
      await app.inject("/trpc/deposit"),
      await post(app, "double", 1),
    ].map((response) => [response.statusCode, response.json().error.data.code]);
    expect(codes).toEqual([
      [409, "CONFLICT"],
      [400, "BAD_REQUEST"],
      [400, "BAD_REQUEST"],
      [404, "NOT_FOUND"],
      [405, "METHOD_NOT_SUPPORTED"],
      [405, "METHOD_NOT_SUPPORTED"],
    ]);
  });

  it("reads nothing but JSON, of at most 64 KiB", async () => {
    const { app } = await openServer();
    for (const type of [
      "text/plain",
      "multipart/form-data; boundary=x",
      "application/octet-stream",
    ]) {
      const answer = await post(app, "deposit", "{}", { "content-type": type });
      expect(answer.statusCode).toBe(415);
      expect(answer.json().error.code).toBe("only-json");
    }
    const large = await post(app, "deposit", JSON.stringify("x".repeat(64 * 1024)));
    expect(large.statusCode).toBe(413);
  });

  it("bounds batches at ten calls", async () => {
    const { app } = await openServer();
    const paths = (count: number) => Array.from({ length: count }, () => "correlation").join(",");
    expect((await app.inject(`/trpc/${paths(10)}?batch=1`)).statusCode).toBe(200);
    expect((await app.inject(`/trpc/${paths(11)}?batch=1`)).statusCode).toBe(400);
  });

  it("does not open the banks' procedures to people", async () => {
    const { app } = await openServer();
    const answer = await post(app, "commit.prepare", {}, { authorization: `Bearer ${TOKEN}` });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toEqual({ error: { code: "signature-missing" } });
  });

  it("follows a caller's harmless correlation id and makes its own for any other", async () => {
    const { app } = await openServer();
    const idFor = async (given: string) => {
      const headers = { "x-correlation-id": given };
      const answer = await app.inject({ url: "/trpc/correlation", headers });
      expect(answer.headers["x-correlation-id"]).toBe(answer.json().result.data);
      return answer.json().result.data;
    };
    expect(await idFor("abc-12345")).toBe("abc-12345");
    expect(await idFor("evil\tid<script>")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("tells nothing of an unexpected error but its correlation id", async () => {
    const { app, lines } = await openServer();
    app.get("/broken", () => {
      throw new Error("password of the vault");
    });
    const answer = await app.inject("/broken");
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      error: { code: "internal-error", correlationId: answer.headers["x-correlation-id"] },
    });
    expect(lines.join()).toContain("request failed");
  });

  it("protects every answer by its headers", async () => {
    const { app } = await openServer();
    for (const url of ["/status", "/nowhere", "/trpc/double?input=1"]) {
      const { headers } = await app.inject(url);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      });
    }
  });

  it("gives up on a caller that never finishes its headers", async () => {
    const { app } = await openServer();
    await app.listen({ host: "127.0.0.1", port: 0 });
    expect(app.server.headersTimeout).toBe(5_000);
    expect(app.server.requestTimeout).toBe(15_000);
    expect(app.server.maxRequestsPerSocket).toBe(1_000);
    expect(app.server.maxHeadersCount).toBe(64);
    const { port } = app.server.address() as AddressInfo;
    const socket = net.connect(port, "127.0.0.1");
    const answer = await new Promise<string>((resolve) => {
      socket.on("data", (data) => resolve(data.toString()));
      socket.write(`GET /status HTTP/1.1\r\nx: ${"x".repeat(20 * 1024)}\r\n\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1.1 431/);
    socket.destroy();
  });
});

describe("the bank's probes", () => {
  it("tell its status to anybody", async () => {
    const { app } = await openServer();
    expect((await app.inject("/status")).json()).toEqual(status);
    expect((await app.inject("/healthz")).statusCode).toBe(200);
    expect((await app.inject("/readyz")).statusCode).toBe(200);
  });

  it("tell a balancer to stay away while the database is away", async () => {
    const { app } = await openServer({ ...status, database: "down", ready: false });
    expect((await app.inject("/readyz")).statusCode).toBe(503);
    expect((await app.inject("/healthz")).statusCode).toBe(200);
    expect((await app.inject("/status")).json()).toMatchObject({ database: "down" });
  });
});
