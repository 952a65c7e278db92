import fc from "fast-check";
import { loadSigningKey, newMessageId, signRequest } from "@pacto/contract/signing";
import { z } from "zod";
import type { Random } from "../chaos/random.ts";
import { arbitraryOfSchema } from "./arbitrary-of-schema.ts";
import type { Caller } from "./callers.ts";
import { hostileValue, spoil, writeJson } from "./hostile.ts";
import type { Learned } from "./learned.ts";
import { suggestFor } from "./suggestions.ts";

/** A request of the fuzzer, as it goes over the wire. */
export interface FuzzRequest {
  readonly kind: "valid" | "nearly-valid" | "hostile" | "wire" | "peer";
  readonly procedure: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

interface Procedure {
  readonly name: string;
  readonly type: "query" | "mutation";
  /** Inputs that the schema accepts, most of them. */
  readonly inputs: fc.Arbitrary<unknown>;
}

/** Another bank of the consortium, whose key the fuzzer holds. */
export interface HostilePeer {
  readonly bank: string;
  readonly receiver: string;
  readonly keyFile: string;
}

export interface RequestsOptions {
  /** A tRPC router; all that is needed of it are its procedures. */
  readonly router: { readonly _def: { readonly procedures: object } };
  readonly banks: readonly string[];
  readonly learned: Learned;
  readonly random: Random;
  /** Headers of the callers: staff of each role, strangers, forgers. */
  readonly callers: () => readonly Caller[];
  readonly peer: HostilePeer;
}

const SAMPLE = 8;

/** A source of requests over every procedure of the router. */
export async function createRequests(options: RequestsOptions): Promise<() => FuzzRequest> {
  const { random } = options;
  const procedures = readProcedures(options);
  const ofPeople = procedures.filter(({ name }) => !name.startsWith("commit."));
  const ofPeers = procedures.filter(({ name }) => name.startsWith("commit."));
  const draw = createDraw(random);
  const asPeer = await createPeerRequests(options, draw);
  let turn = 0;
  return () => {
    // In turns, so that every procedure gets as many requests as any other.
    turn += 1;
    const procedure = ofPeople[turn % ofPeople.length];
    const peerProcedure = ofPeers[turn % ofPeers.length];
    if (procedure === undefined || peerProcedure === undefined) throw new Error("no procedures");
    const share = random.next();
    if (share < 0.08) return asPeer(peerProcedure);
    if (share < 0.2) return wireRequest(procedure, draw(procedure), options);
    if (share < 0.6) return call("valid", procedure, draw(procedure), options);
    if (share < 0.9) {
      return call("nearly-valid", procedure, spoil(draw(procedure), random), options);
    }
    return call("hostile", procedure, hostileValue(random), options);
  };
}

function readProcedures({ router, ...suggesting }: RequestsOptions): Procedure[] {
  const all = router._def.procedures as Readonly<
    Record<string, { _def: { type: string; inputs: readonly unknown[] } }>
  >;
  return Object.entries(all).flatMap(([name, { _def }]): Procedure[] => {
    const [schema] = _def.inputs;
    const suggest = suggestFor({ ...suggesting, procedure: name });
    const inputs =
      schema instanceof z.ZodType
        ? arbitraryOfSchema(schema, suggest)
        : fc.constant<unknown>(undefined);
    if (_def.type === "subscription") return [];
    return [{ name, type: _def.type === "query" ? "query" : "mutation", inputs }];
  });
}

type Draw = (procedure: Procedure) => unknown;

/** A few at a time, because setting fast-check up costs more than drawing. */
function createDraw(random: Random): Draw {
  const drawn = new Map<string, unknown[]>();
  return ({ name, inputs }) => {
    let waiting = drawn.get(name);
    if (waiting === undefined || waiting.length === 0) {
      waiting = fc.sample(inputs, { numRuns: SAMPLE, seed: random.between(0, 2 ** 31 - 1) });
      drawn.set(name, waiting);
    }
    return waiting.pop();
  };
}

const JSON_TYPE = { "content-type": "application/json" };

function call(
  kind: FuzzRequest["kind"],
  { name, type }: Procedure,
  input: unknown,
  { callers, random }: RequestsOptions,
): FuzzRequest {
  const headers = random.pick(callers());
  const isBatch = random.chance(0.1);
  const path = isBatch ? [name, name].join(",") : name;
  const text = writeJson(isBatch ? { 0: input, 1: input } : input);
  const batch = isBatch ? "batch=1&" : "";
  if (type === "query") {
    const query = text === "" ? "" : `input=${encodeURIComponent(text)}`;
    const target = `/trpc/${path}?${batch}${query}`;
    return { kind, procedure: name, method: "GET", path: target, headers, body: undefined };
  }
  return {
    kind,
    procedure: name,
    method: "POST",
    path: `/trpc/${path}?${batch}`,
    headers: { ...headers, ...JSON_TYPE },
    body: text,
  };
}

const METHODS = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const TYPES = [
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "application/x-www-form-urlencoded",
  "application/json; charset=utf-16",
  "APPLICATION/JSON",
  "application/jsonl",
  "",
] as const;
const PATHS = [
  "/trpc/__proto__",
  "/trpc/constructor",
  "/trpc/accounts.__proto__.open",
  "/trpc/toString,valueOf?batch=1&input=%7B%7D",
  "/trpc/%E0%A4%A",
  "/trpc/a%00b",
  "/trpc/accounts.list%2Caccounts.list?batch=1",
  "/trpc/..%2f..%2fstatus",
  "//status",
  "/status?input=%7B",
  "/api/accounts/%2e%2e%2fclients",
  "/api/accounts/%00",
  "/api/accounts?limit=1&limit=2&limit[]=3",
  "/api/accounts?limit=9999999999999999",
  "/api/clients?search=%00&search=x",
  "/api/openapi.json?x=1",
  "/docs/../status",
  "/metrics",
  "/readyz",
] as const;

/** What is wrong is not the input but the request around it (H7). */
function wireRequest(procedure: Procedure, input: unknown, options: RequestsOptions): FuzzRequest {
  const { random, callers } = options;
  const plain = call("wire", procedure, input, options);
  const text = writeJson(input);
  switch (random.between(0, 9)) {
    case 0:
      return { ...plain, method: random.pick(METHODS) };
    case 1:
      return {
        ...plain,
        method: "POST",
        headers: { ...plain.headers, "content-type": random.pick(TYPES) },
        body: text,
      };
    case 2: {
      const names = Array.from({ length: random.pick([11, 200, 10_000]) }, () => procedure.name);
      const path = `/trpc/${names.join(",")}?batch=1&input=%7B%7D`;
      return { ...plain, method: "GET", path, body: undefined };
    }
    case 3:
      return {
        ...plain,
        path: random.pick(PATHS),
        method: random.pick(["GET", "POST"]),
        body: undefined,
      };
    case 4: {
      const body = JSON.stringify({ x: "x".repeat(random.pick([60_000, 66_000, 1_200_000])) });
      return { ...plain, method: "POST", headers: { ...plain.headers, ...JSON_TYPE }, body };
    }
    case 5: {
      const body = Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xc0, 0x80])]);
      return { ...plain, method: "POST", headers: { ...plain.headers, ...JSON_TYPE }, body };
    }
    case 6: {
      const body = text.slice(0, random.between(0, text.length));
      return { ...plain, method: "POST", headers: { ...plain.headers, ...JSON_TYPE }, body };
    }
    case 7: {
      const override = { "x-http-method-override": "POST", "x-http-method": "POST" };
      return {
        ...plain,
        method: "GET",
        headers: { ...plain.headers, ...override },
        body: undefined,
      };
    }
    case 8: {
      const many = Object.fromEntries(
        Array.from({ length: random.pick([70, 300]) }, (_, at) => [`x-${at}`, "y"]),
      );
      return { ...plain, headers: { ...plain.headers, ...many } };
    }
    default: {
      const odd = {
        "content-encoding": "gzip",
        "trpc-accept": "application/jsonl",
        "accept-language": "xx;q=9",
      };
      return { ...plain, headers: { ...random.pick(callers()), ...JSON_TYPE, ...odd } };
    }
  }
}

/** Messages of a member bank that holds a valid key and says anything at all. */
async function createPeerRequests({ peer, random }: RequestsOptions, draw: Draw) {
  const key = await loadSigningKey(peer.keyFile);
  let last: FuzzRequest | undefined;
  return (procedure: Procedure): FuzzRequest => {
    const drawn = draw(procedure);
    const input = random.chance(0.4) ? drawn : spoil(drawn, random);
    const body = writeJson(input);
    const path = `/trpc/${procedure.name}`;
    const isReaddressed = random.chance(0.05);
    const headers = signRequest(
      { method: "POST", path, body },
      {
        sender: peer.bank,
        receiver: isReaddressed ? peer.bank : peer.receiver,
        incarnation: 1,
        messageId: newMessageId(),
      },
      { key, nowMs: Date.now() - (random.chance(0.05) ? 600_000 : 0) },
    );
    const request: FuzzRequest = {
      kind: "peer",
      procedure: procedure.name,
      method: "POST",
      path,
      headers: { ...headers, ...JSON_TYPE },
      body: random.chance(0.05) ? `${body} ` : body,
    };
    if (last !== undefined && random.chance(0.05)) return last;
    last = request;
    return request;
  };
}
