import type { AnyRouter } from "@trpc/server";
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import { fastify, type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerPeopleRoutes } from "../src/people-routes.ts";
import { restExamples } from "../src/rest/examples.ts";
import { appRouter } from "../src/router.ts";
import type { Actor } from "../src/staff/actor.ts";
import { authenticate } from "../src/staff/authenticate.ts";
import { newKey, openAccountWith, startBanks, type BanksInProcess } from "./banks-in-process.ts";
import { quietDoor } from "./quiet-door.ts";

const TOKEN = "a-token-of-thirty-two-characters";
const router: AnyRouter = appRouter;
// What streams is not for the front: the adapter itself answers it.
const procedures = Object.entries(router._def.procedures as Record<string, Procedure>).filter(
  ([, { _def }]) => _def.type !== "subscription",
);

interface Procedure {
  readonly _def: { readonly type: string };
}

let banks: BanksInProcess;
let ours: FastifyInstance;
let official: FastifyInstance;
let account: string;

beforeAll(async () => {
  banks = await startBanks(["azul", "verde"]);
  const { bank } = banks.bank("azul").node;
  account = await openAccountWith(banks.bank("azul"), 100_000);
  const roles = ["teller", "supervisor", "auditor", "operator", "user-admin"] as const;
  const person: Actor = { kind: "staff", id: "p", name: "P", homeBank: "azul", roles };
  const identity = async (token: string) => (token === TOKEN ? person : undefined);
  const createContext = (asked: { actor: Actor; correlationId: string; address: string }) => ({
    bank,
    ...asked,
  });
  const routerOptions = { maxParamLength: 5_000 };
  ours = fastify({ routerOptions });
  registerPeopleRoutes(ours, {
    router: appRouter,
    createContext,
    identity,
    door: quietDoor(),
  });
  official = fastify({ routerOptions });
  const adapter: FastifyTRPCPluginOptions<typeof appRouter> = {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      createContext: async ({ req }) =>
        createContext({
          actor: await authenticate(req.headers, identity),
          correlationId: req.id,
          address: req.ip,
        }),
      maxBatchSize: 10,
    },
  };
  await official.register(fastifyTRPCPlugin, adapter);
});
afterAll(async () => {
  await Promise.all([ours.close(), official.close()]);
  await banks.stop();
});

interface Asked {
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly query?: string;
  readonly body?: string;
  readonly token?: string;
}

async function answerOf(app: FastifyInstance, asked: Asked) {
  const { method = "GET", path, query, body, token = TOKEN } = asked;
  const answer = await app.inject({
    method,
    url: `/trpc/${path}${query === undefined ? "" : `?${query}`}`,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method === "POST" ? { "content-type": "application/json" } : {}),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  const said = answer.headers["content-type"]?.toString().split(";")[0];
  // The adapter forgets the type where it turns a whole batch away.
  const type = said === "text/plain" ? "application/json" : said;
  return { status: answer.statusCode, type, body: steady(answer.json()) };
}

/** Without what differs from call to call: ids of requests, the time of day, how far the books are, a secret told once. */
function steady(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll(/"correlationId":(?:"[^"]*"|null)/g, '"correlationId":"…"')
    .replaceAll(/"revision":(?:"[^"]*"|null)/g, '"revision":"…"')
    .replaceAll(/"secret":(?:"[^"]*"|null)/g, '"secret":"…"')
    .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"…"');
  return JSON.parse(text) as unknown;
}

async function expectSame(asked: Asked): Promise<void> {
  const [here, there] = [await answerOf(ours, asked), await answerOf(official, asked)];
  expect.soft(here, JSON.stringify(asked)).toEqual(there);
}

const encoded = (input: unknown) => encodeURIComponent(JSON.stringify(input));

/** What the procedure takes, as far as an example is known, and what none of them takes. */
function inputsFor(name: string): unknown[] {
  const example = { ...restExamples[name], idempotencyKey: newKey() };
  const known = { number: account, account, amountCentavos: 100, idempotencyKey: newKey() };
  return [{}, example, known, null, [], "x", { __proto__: null, constructor: 1 }];
}

describe("the front for tRPC's wire answers as tRPC's own adapter does", () => {
  it.each(procedures)("%s: alone, by either method, with any input", async (path, { _def }) => {
    await expectSame({ path });
    await expectSame({ path, method: "POST", body: "" });
    await expectSame({ path, method: "POST", body: "{ not json" });
    await expectSame({ path, query: "input=%7B" });
    for (const input of inputsFor(path)) {
      const isQuery = _def.type === "query";
      const right = isQuery
        ? ({ path, query: `input=${encoded(input)}` } as const)
        : ({ path, method: "POST", body: JSON.stringify(input) } as const);
      const wrong = isQuery
        ? ({ path, method: "POST", body: JSON.stringify(input) } as const)
        : ({ path, query: `input=${encoded(input)}` } as const);
      await expectSame(right);
      await expectSame({ ...right, token: "a-token-that-nobody-holds" });
      await expectSame(wrong);
    }
  });

  it.each(procedures)("%s: in a batch", async (path, { _def }) => {
    const inputs = Object.fromEntries(inputsFor(path).entries());
    const paths = Object.keys(inputs).map(() => path);
    const batch = (names: readonly string[], text: unknown): Asked =>
      _def.type === "query"
        ? { path: names.join(","), query: `batch=1&input=${encoded(text)}` }
        : { path: names.join(","), method: "POST", query: "batch=1", body: JSON.stringify(text) };
    await expectSame(batch([path], { 0: inputs[1] }));
    await expectSame(batch(paths, inputs));
    await expectSame(batch([path, path], {}));
    await expectSame(batch([path, "no.such"], { 0: {}, 1: {} }));
    for (const text of [null, [], "x", 1]) await expectSame(batch([path, path], text));
  });

  it("for what names no procedure, or too many, or queries and mutations at once", async () => {
    const eleven = Array.from({ length: 11 }, () => "status.get").join(",");
    for (const path of [
      "no.such",
      "__proto__",
      "constructor",
      "accounts",
      "accounts.__proto__",
      "status.get,status.get",
      ",",
      "status.get,",
      "status.get,cash.deposit",
      eleven,
    ]) {
      await expectSame({ path });
      await expectSame({ path, query: "batch=1" });
      await expectSame({ path, query: "batch=2" });
      await expectSame({ path, query: "batch=1&input=%7B" });
      await expectSame({ path, query: "batch=1&batch=0&input=1&input=2" });
      await expectSame({ path, method: "POST", query: "batch=1", body: "{}" });
      await expectSame({ path, method: "POST", query: "batch=1", body: "" });
    }
  });

  it("for a batch in which some calls are refused and others done", async () => {
    const deposit = { number: account, amountCentavos: 100, idempotencyKey: newKey() };
    const mixed = { 0: deposit, 1: { ...deposit, amountCentavos: 0 } };
    const body = JSON.stringify(mixed);
    const asked = { path: "cash.deposit,cash.deposit", query: "batch=1", body } as const;
    expect(await answerOf(ours, { ...asked, method: "POST" })).toMatchObject({ status: 207 });
    await expectSame({ ...asked, method: "POST" });
  });
});
