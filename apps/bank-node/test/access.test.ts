import { createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { AnyRouter } from "@trpc/server";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaffRole, staffRoles } from "@pacto/contract";
import {
  generateSigningKey,
  newMessageId,
  type SigningKey,
  signRequest,
  signStaffToken,
  STAFF_TOKEN_SECONDS_MAX,
} from "@pacto/contract/signing";
import { restOperations } from "../src/rest/operations.ts";
import { appRouter } from "../src/router.ts";
import { membersOf, type NodeOverHttp, openNode } from "./node-over-http.ts";

/** Who the columns of ACCESS.md stand for, in their order. */
const COLUMNS = ["anybody", ...staffRoles, "bank"] as const;
type Column = (typeof COLUMNS)[number];
const router: AnyRouter = appRouter;
const procedures = router._def.procedures as Readonly<Record<string, Procedure>>;

interface Procedure {
  readonly _def: { readonly type: string };
}

/** The table that people review: for each procedure those who may call it. */
async function readTable(): Promise<ReadonlyMap<string, ReadonlySet<Column>>> {
  const text = await readFile(new URL("../ACCESS.md", import.meta.url), "utf8");
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  const entries = rows.map((line): [string, Set<Column>] => {
    const [name = "", ...cells] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells.length !== COLUMNS.length || cells.some((cell) => cell !== "" && cell !== "x")) {
      throw new Error(`ACCESS.md: a cell is empty or x: ${line}`);
    }
    return [name.replaceAll("`", ""), new Set(COLUMNS.filter((_, at) => cells[at] === "x"))];
  });
  const table = new Map(entries);
  if (table.size !== entries.length) throw new Error("ACCESS.md: a procedure has two rows");
  return table;
}

// Verde's staff may do at azul what a teller may; of coral's staff nothing was said.
const members = membersOf(
  { azul: "http://127.0.0.1:1", verde: "http://127.0.0.1:2", coral: "http://127.0.0.1:3" },
  (member) =>
    member.id === "azul" ? { ...member, trust: [{ bank: "verde", roles: ["teller"] }] } : member,
);
let table: ReadonlyMap<string, ReadonlySet<Column>>;
let azul: NodeOverHttp;
beforeAll(async () => {
  table = await readTable();
  azul = await openNode("azul", members);
});
afterAll(() => azul.stop());

function keyOf(bank: string): SigningKey {
  const key = members.keys[bank];
  if (key === undefined) throw new Error(`no key of ${bank}`);
  return key;
}

interface Spoken {
  readonly iss?: string;
  readonly aud?: string;
  readonly roles?: readonly StaffRole[];
  readonly key?: Pick<SigningKey, "keyId" | "privateKey">;
  readonly agoMs?: number;
  readonly seconds?: number;
}

/** A token as its home bank signs it, with what a test changes in it. */
function tokenWith(spoken: Spoken = {}): Promise<string> {
  const { iss = "azul", aud = "azul", roles = staffRoles, key = keyOf(iss) } = spoken;
  const { agoMs = 0, seconds = 180 } = spoken;
  const person = { sub: "p1", name: "Ana", sid: "s1", roles: [...roles] };
  return signStaffToken({ iss, aud, ...person }, key, { nowMs: Date.now() - agoMs, seconds });
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token that says by which algorithm it wants to be verified. */
function tokenBy(alg: string, signBytes: (text: string) => string): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: "azul",
    aud: "azul",
    sub: "p1",
    name: "Ana",
    roles: staffRoles,
    sid: "s1",
    jti: randomUUID(),
    iat: now,
    exp: now + 180,
  };
  const text = `${base64({ alg, kid: keyOf("azul").keyId, typ: "pacto-staff+jwt" })}.${base64(claims)}`;
  return `${text}.${signBytes(text)}`;
}

const UNKNOWN: Readonly<Record<string, () => Promise<string> | string | undefined>> = {
  "nobody, without a token": () => undefined,
  "nobody, with something like a token": () => "x".repeat(43),
  "somebody whose token has expired": () => tokenWith({ agoMs: 3_600_000 }),
  "somebody whose token is of the future": () => tokenWith({ agoMs: -3_600_000 }),
  "somebody whose token was made for too long": () =>
    tokenWith({ seconds: STAFF_TOKEN_SECONDS_MAX + 1 }),
  "somebody whose token is for another bank": () => tokenWith({ aud: "verde" }),
  "the staff of a bank that is no member": () =>
    tokenWith({ iss: "roxo", key: generateSigningKey() }),
  "somebody whose token another bank signed under its own key": () =>
    tokenWith({ key: keyOf("verde") }),
  "somebody whose token another bank signed under this bank's key id": () =>
    tokenWith({ key: { ...keyOf("verde"), keyId: keyOf("azul").keyId } }),
  "somebody who changed a signed token's roles": async () => {
    const [header, claims = "", signature] = (await tokenWith({ roles: [] })).split(".");
    const read = JSON.parse(Buffer.from(claims, "base64url").toString()) as object;
    return [header, base64({ ...read, roles: staffRoles }), signature].join(".");
  },
  "somebody whose token names no algorithm": () => tokenBy("none", () => ""),
  "somebody whose token is no signature but a hash with the public key": () => {
    const spki = createPublicKey(keyOf("azul").privateKey).export({ format: "pem", type: "spki" });
    return tokenBy("HS256", (text) => createHmac("sha256", spki).update(text).digest("base64url"));
  },
  "somebody whose token is signed by another algorithm": () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
    return tokenBy("ES256", (text) => sign("sha256", Buffer.from(text), key).toString("base64url"));
  },
};

type Verdict = "let in" | "not-allowed" | "not-signed-in";

interface ToldError {
  readonly code?: unknown;
  readonly data?: {
    readonly httpStatus?: number;
    readonly refusal?: { readonly code: string } | null;
  };
}

async function errorOf(response: Response): Promise<ToldError | undefined> {
  return ((await response.json()) as { error?: ToldError }).error;
}

/** A stream is answered before its procedure is asked: what was refused comes as its only event. */
async function errorInStream(response: Response): Promise<ToldError | undefined> {
  const text = await response.text();
  const told = /^event: serialized-error\ndata: (.*)$/m.exec(text)?.[1];
  if (told === undefined) throw new Error(`no refusal in the stream: ${text}`);
  return JSON.parse(told) as ToldError;
}

/** What became of a call with an input that no procedure takes: who may call it hears of the input. */
async function call(name: string, headers: Readonly<Record<string, string>>): Promise<Verdict> {
  const isMutation = procedures[name]?._def.type === "mutation";
  const response = !isMutation
    ? await fetch(`${azul.url}/trpc/${name}?input=%22x%22`, { headers })
    : await fetch(`${azul.url}/trpc/${name}`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: '"x"',
      });
  const type = procedures[name]?._def.type;
  const error = type === "subscription" ? await errorInStream(response) : await errorOf(response);
  const status = error?.data?.httpStatus ?? response.status;
  const code = error?.data?.refusal?.code ?? error?.code;
  if (status === 401 && code === "not-signed-in") return "not-signed-in";
  // At the banks' door people are turned away for want of a bank's signature.
  if (status === 401 && code === "signature-missing") return "not-signed-in";
  if (status === 403 && code === "not-allowed") return "not-allowed";
  if (status === 200 || status === 400) return "let in";
  throw new Error(`${name} answered ${status} ${String(code)}`);
}

const AT_ONCE = 16;

/** Calls each procedure; what came of it, in the words of the table. */
async function callAll(
  headersFor: (name: string) => Readonly<Record<string, string>>,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const names = Object.keys(procedures).values();
  const work = async () => {
    for (const name of names) verdicts.set(name, await call(name, headersFor(name)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return verdicts;
}

/** What the table says for somebody who is the staff of these roles, or nobody. */
function expected(roles: readonly StaffRole[] | undefined): Map<string, Verdict> {
  const verdictOf = (columns: ReadonlySet<Column>): Verdict => {
    if (columns.has("anybody") || roles?.some((role) => columns.has(role)) === true)
      return "let in";
    return columns.has("bank") || roles === undefined ? "not-signed-in" : "not-allowed";
  };
  return new Map([...table].map(([name, columns]) => [name, verdictOf(columns)]));
}

function sorted(verdicts: ReadonlyMap<string, Verdict>): [string, Verdict][] {
  return [...verdicts].toSorted(([a], [b]) => a.localeCompare(b));
}

async function expectTable(token: string | undefined, roles?: readonly StaffRole[]) {
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  expect(sorted(await callAll(() => headers))).toEqual(sorted(expected(roles)));
}

describe("the table of access", () => {
  it("has a row for each procedure of the router, and for nothing else", () => {
    expect([...table.keys()].toSorted()).toEqual(Object.keys(procedures).toSorted());
  });

  it("lets each procedure be called by somebody: anybody, staff of roles, or banks alone", () => {
    for (const [name, columns] of table) {
      expect.soft(columns.size, name).toBeGreaterThan(0);
      const isMixed = columns.size > 1 && (columns.has("bank") || columns.has("anybody"));
      expect.soft(isMixed, name).toBe(false);
    }
  });

  it("gives the listings of all holders and all transactions, and the audit, to the auditor alone", () => {
    const forAuditors = [...table].filter(([name]) => /^(listings|audit)\./.test(name));
    expect(forAuditors.length).toBeGreaterThanOrEqual(10);
    for (const [name, columns] of forAuditors) {
      expect.soft([...columns], name).toEqual(["auditor"]);
    }
  });

  it("lets who administers people neither see nor move money", () => {
    const forAdmins = [...table].flatMap(([name, roles]) =>
      roles.has("user-admin") ? [name] : [],
    );
    expect(forAdmins.filter((name) => !/^(approvals|sessions|staff)\./.test(name))).toEqual([]);
  });
});

describe("every procedure over HTTP, called by", () => {
  it.each(staffRoles)("this bank's %s", async (role) => {
    await expectTable(await tokenWith({ roles: [role] }), [role]);
  });

  it("this bank's staff without any role", async () => {
    await expectTable(await tokenWith({ roles: [] }), []);
  });

  it("another bank's staff with every role, of which this bank grants one", async () => {
    await expectTable(await tokenWith({ iss: "verde" }), ["teller"]);
  });

  it("another bank's staff with every role, of which this bank grants none", async () => {
    await expectTable(await tokenWith({ iss: "coral" }), []);
  });

  it.each(Object.entries(UNKNOWN))("%s", async (_, tokenOf) => {
    await expectTable(await tokenOf());
  });

  it("a member bank that signs its requests", async () => {
    const verdicts = await callAll((name) => {
      const request = { method: "POST", path: `/trpc/${name}`, body: '"x"' };
      const messageId = newMessageId();
      const parties = { sender: "verde", receiver: "azul", incarnation: 1, messageId };
      return signRequest(request, parties, { key: keyOf("verde"), nowMs: Date.now() });
    });
    const forBanks = [...table].map(([name, columns]): [string, Verdict] => [
      name,
      columns.has("anybody") || columns.has("bank") ? "let in" : "not-signed-in",
    ]);
    expect(sorted(verdicts)).toEqual(sorted(new Map(forBanks)));
  });
});

describe("every path of the REST interface, called by", () => {
  const operations = restOperations(router);
  const callers: readonly (StaffRole | undefined)[] = [...staffRoles, undefined];

  it.each(callers)("%s, opens to whom the table says", async (role) => {
    const authorization = `Bearer ${role === undefined ? "" : await tokenWith({ roles: [role] })}`;
    const wanted = expected(role === undefined ? undefined : [role]);
    const found = new Map<string, string>();
    const rest = operations.values();
    const work = async () => {
      for (const { method, path, procedure } of rest) {
        const address = path.replaceAll(/\{\w+\}/g, "~");
        const response = await fetch(`${azul.url}/api${address}?nothing=takes-this`, {
          method,
          headers: { authorization, "content-type": "application/json" },
          ...(method === "GET" ? {} : { body: '"x"' }),
        });
        await response.arrayBuffer();
        const { status } = response;
        const isLetIn = status === 200 || status === 400 || status === 404;
        const verdicts: Readonly<Record<number, string>> = {
          401: "not-signed-in",
          403: "not-allowed",
        };
        found.set(procedure, isLetIn ? "let in" : (verdicts[status] ?? `status ${status}`));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(operations.length).toBeGreaterThan(50);
    for (const [procedure, verdict] of found) {
      expect.soft(verdict, procedure).toBe(wanted.get(procedure));
    }
  });
});

describe("a message that no bank signed as it stands", () => {
  const path = "/trpc/commit.decide";
  // No JSON: whatever were parsed before the signature is verified would answer 400.
  const body = "{ no json";
  const signed = (changes: { receiver?: string; nowMs?: number; key?: SigningKey } = {}) => {
    const { receiver = "azul", nowMs = Date.now(), key = keyOf("verde") } = changes;
    const parties = { sender: "verde", receiver, incarnation: 1, messageId: newMessageId() };
    return signRequest({ method: "POST", path, body }, parties, { key, nowMs });
  };
  const once = signed();
  const MESSAGES: Readonly<Record<string, readonly [string, () => Record<string, string>]>> = {
    forged: [
      "signature-invalid",
      () => signed({ key: { ...keyOf("coral"), keyId: keyOf("verde").keyId } }),
    ],
    "signed by a key of nobody": ["unknown-key", () => signed({ key: generateSigningKey() })],
    replayed: ["message-replayed", () => once],
    "for another bank": ["wrong-receiver", () => signed({ receiver: "coral" })],
    stale: ["clock-skew", () => signed({ nowMs: Date.now() - 120_000 })],
    "of another body": [
      "digest-mismatch",
      () => {
        const parties = {
          sender: "verde",
          receiver: "azul",
          incarnation: 1,
          messageId: newMessageId(),
        };
        const by = { key: keyOf("verde"), nowMs: Date.now() };
        return signRequest({ method: "POST", path, body: "{}" }, parties, by);
      },
    ],
  };

  const post = async (headers: Record<string, string>) => {
    const answer = await fetch(`${azul.url}${path}`, {
      method: "POST",
      body,
      headers: { ...headers, "content-type": "application/json" },
    });
    const { error } = (await answer.json()) as { error?: { code?: unknown } };
    return { status: answer.status, code: error?.code };
  };

  it.each(Object.entries(MESSAGES))(
    "is refused before its body is parsed, and kept as evidence: %s",
    async (_, [code, headers]) => {
      // Signed as it stands, it would be read: the JSON is what is wrong with it then.
      if (code === "message-replayed") expect((await post(headers())).status).toBe(400);
      expect(await post(headers())).toEqual({ status: 401, code });
      const client = new pg.Client({ connectionString: azul.database.superuserUrl });
      await client.connect();
      try {
        const sql = "SELECT subject, details FROM audit_event WHERE action = $1";
        const kept = async () => (await client.query(sql, [`peers.refused.${code}`])).rows;
        await expect.poll(kept).toMatchObject([
          {
            subject: "verde",
            details: { procedure: "commit.decide", claimedSender: "verde", bytes: body.length },
          },
        ]);
      } finally {
        await client.end();
      }
    },
  );
});
