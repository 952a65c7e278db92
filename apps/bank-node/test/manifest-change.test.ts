import { rename, writeFile } from "node:fs/promises";
import net from "node:net";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import type { Manifest, Member } from "@pacto/contract";
import {
  generateSigningKey,
  newMessageId,
  saveSigningKey,
  type SigningKey,
  signRequest,
  signStaffToken,
} from "@pacto/contract/signing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashOf } from "../src/follow-membership.ts";
import {
  type Members,
  membersOf,
  type NodeOverHttp,
  openNode,
  signedText,
} from "./node-over-http.ts";

const PATIENCE = { timeout: 20_000, interval: 50 };

let members: Members;
let azul: NodeOverHttp;
let verde: NodeOverHttp;
beforeAll(async () => {
  const [first, second] = [await freePort(), await freePort()];
  const nobody = "http://127.0.0.1:1";
  members = membersOf(
    {
      azul: `http://127.0.0.1:${first}`,
      verde: `http://127.0.0.1:${second}`,
      coral: nobody,
      roxo: "http://127.0.0.1:2",
    },
    (member) => ({ ...member, trust: [{ bank: "*", roles: ["teller", "auditor"] }] }),
  );
  [azul, verde] = await Promise.all([
    openNode("azul", members, { PACTO_PORT: String(first) }),
    openNode("verde", members, { PACTO_PORT: String(second) }),
  ]);
});
afterAll(() => Promise.all([azul.stop(), verde.stop()]));

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function keyOf(bank: string): SigningKey {
  const key = members.keys[bank];
  if (key === undefined) throw new Error(`no key of ${bank}`);
  return key;
}

/** Puts a whole file into the place of another, as an operator's tools do. */
async function replace(path: string, text: string): Promise<void> {
  await writeFile(`${path}.draft`, text, { mode: 0o600 });
  await rename(`${path}.draft`, path);
}

/** The members' next manifest; `change` says what is other in it. */
function nextManifest(change: (members: readonly Member[]) => Partial<Manifest>): Members {
  const { manifest, keys } = members;
  const next = { ...manifest, epoch: manifest.epoch + 1, ...change(manifest.members) };
  return { manifest: next, keys };
}

async function publish(next: Members, nodes: readonly NodeOverHttp[] = [azul, verde]) {
  await Promise.all(nodes.map((node) => replace(node.manifestFile, signedText(next))));
}

async function epochOf({ url }: NodeOverHttp): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^pacto_manifest_epoch (\d+)$/m.exec(text)?.[1]);
}

async function takenOver(next: Members): Promise<void> {
  for (const node of [azul, verde]) {
    await expect.poll(() => epochOf(node), PATIENCE).toBe(next.manifest.epoch);
  }
  members = next;
}

function tokenOf(bank: string, key = keyOf(bank)): Promise<string> {
  const person = { sub: "p1", name: "Ana", sid: "s1", roles: ["teller" as const] };
  return signStaffToken({ iss: bank, aud: "azul", ...person }, key, { nowMs: Date.now() });
}

/** What azul answers to a teller's call with that token. */
async function statusFor(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${azul.url}/trpc/clients.list?input=%7B%7D`, { headers });
  await answer.arrayBuffer();
  return answer.status;
}

/** What azul answers to a message that `bank` signs. */
async function answerTo(bank: string, key = keyOf(bank)): Promise<string> {
  const path = "/trpc/commit.ping";
  const body = '{"items":[{}]}';
  const parties = { sender: bank, receiver: "azul", incarnation: 1, messageId: newMessageId() };
  const signed = signRequest({ method: "POST", path, body }, parties, { key, nowMs: Date.now() });
  const answer = await fetch(`${azul.url}${path}`, {
    method: "POST",
    body,
    headers: { ...signed, "content-type": "application/json" },
  });
  const { error } = (await answer.json()) as { error?: { code?: string } };
  return answer.status === 200 ? "answered" : (error?.code ?? String(answer.status));
}

async function auditOf<Row extends pg.QueryResultRow>(node: NodeOverHttp, sql: string) {
  const client = new pg.Client({ connectionString: node.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("a running bank whose manifest changes", () => {
  it("grants what the new one grants, to tokens that it knew already as well", async () => {
    const token = await tokenOf("coral");
    expect(await statusFor(token)).toBe(200);
    const next = nextManifest((all) => ({
      members: all.map((one) =>
        one.id === "azul" ? { ...one, trust: [{ bank: "verde", roles: ["teller"] }] } : one,
      ),
    }));
    await publish(next);
    await takenOver(next);
    expect(await statusFor(token)).toBe(403);
    expect(await statusFor(await tokenOf("verde"))).toBe(200);
  });

  it("neither hears a bank that was taken out nor knows its staff, at once", async () => {
    const token = await tokenOf("roxo");
    expect(await statusFor(token)).toBe(403);
    expect(await answerTo("roxo")).toBe("answered");
    const next = nextManifest((all) => ({
      members: all.filter(({ id }) => id !== "roxo"),
      former: all
        .filter(({ id }) => id === "roxo")
        .map(({ id, publicKeys }) => ({ id, publicKeys })),
    }));
    await publish(next);
    await takenOver(next);
    expect(await statusFor(token)).toBe(401);
    expect(await answerTo("roxo")).toBe("unknown-sender");
    expect(await answerTo("coral")).toBe("answered");
    const kept = await auditOf<{ details: { left: string[] } }>(
      azul,
      "SELECT details FROM audit_event WHERE action = 'manifest.adopted' ORDER BY id DESC LIMIT 1",
    );
    expect(kept[0]?.details.left).toEqual(["roxo"]);
    const peersTold = async () => {
      const status = (await (await fetch(`${azul.url}/status`)).json()) as {
        peers: { bank: string }[];
      };
      return status.peers.map(({ bank }) => bank);
    };
    await expect.poll(peersTold, PATIENCE).toEqual(["verde", "coral"]);
  });

  it("goes on by the one that it has when the new one is not in order, and says why once", async () => {
    const before = members;
    const bad = nextManifest((all) => ({ members: all.filter(({ id }) => id !== "coral") }));
    await publish(bad, [azul]);
    const told = () => azul.lines.filter((line) => line.includes("former: coral is missing"));
    await expect.poll(() => told().length, PATIENCE).toBe(1);
    expect(await epochOf(azul)).toBe(before.manifest.epoch);
    await replace(azul.manifestFile, "{ not json");
    await expect
      .poll(() => azul.lines.some((line) => line.includes("not JSON")), PATIENCE)
      .toBe(true);
    // Older ones do not come back either.
    const older = { ...before, manifest: { ...before.manifest, epoch: 1, locale: "en" as const } };
    await publish(older, [azul]);
    await expect
      .poll(() => azul.lines.some((line) => line.includes("Its epoch is 1")), PATIENCE)
      .toBe(true);
    expect(await answerTo("coral")).toBe("answered");
    expect(told()).toHaveLength(1);
    await publish(before, [azul]);
  });

  it("signs with a new key, and the others hear it; the old one ends", async () => {
    const [old, fresh] = [keyOf("verde"), generateSigningKey()];
    const { keyId, publicKey } = fresh;
    const notAfter = new Date(Date.now() - 120_000).toISOString();
    const withKey = (ends: object) =>
      nextManifest((all) => ({
        members: all.map((one) =>
          one.id === "verde"
            ? {
                ...one,
                publicKeys: [
                  ...one.publicKeys
                    .filter((key) => key.keyId !== keyId)
                    .map((key) => ({ ...key, ...ends })),
                  { keyId, publicKey },
                ],
              }
            : one,
        ),
      }));
    const both = withKey({});
    await publish(both);
    await takenOver(both);
    const keyFile = join(dirname(verde.manifestFile), "key.pem");
    await saveSigningKey(`${keyFile}.next`, fresh);
    await rename(`${keyFile}.next`, keyFile);
    await expect
      .poll(() => verde.lines.some((line) => line.includes("signs with a new key")), PATIENCE)
      .toBe(true);
    expect(await answerTo("verde", fresh)).toBe("answered");
    expect(await statusFor(await tokenOf("verde", fresh))).toBe(200);
    // From now on verde signs with the new key, also what it says of the manifest.
    members = { ...members, keys: { ...members.keys, verde: fresh } };
    const ended = withKey({ notAfter });
    await publish(ended);
    await takenOver(ended);
    expect(await answerTo("verde", old)).toBe("key-out-of-date");
    expect(await statusFor(await tokenOf("verde", old))).toBe(401);
    expect(await answerTo("verde", fresh)).toBe("answered");
  });

  it("changes its own keys by two persons, where it asks for two", async () => {
    await auditOf(azul, "INSERT INTO approval_rules (is_required) VALUES (true)");
    const { keyId, publicKey } = generateSigningKey();
    const next = nextManifest((all) => ({
      members: all.map((one) =>
        one.id === "azul" ? { ...one, publicKeys: [...one.publicKeys, { keyId, publicKey }] } : one,
      ),
    }));
    await publish(next);
    await expect
      .poll(() => azul.lines.some((line) => line.includes("takes two persons")), PATIENCE)
      .toBe(true);
    expect(await epochOf(azul)).toBe(members.manifest.epoch);
    const call = async (verb: string, role: "operator" | "supervisor", input: object) => {
      const person = { sub: role, name: role, sid: "s1", roles: [role] };
      const times = { nowMs: Date.now() };
      const token = await signStaffToken(
        { iss: "azul", aud: "azul", ...person },
        keyOf("azul"),
        times,
      );
      const answer = await fetch(`${azul.url}/trpc/approvals.${verb}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ idempotencyKey: newMessageId(), ...input }),
      });
      const { result } = (await answer.json()) as {
        result: { data: { approval: { id: string; hash: string; status: string } } };
      };
      return result.data.approval;
    };
    const payload = { epoch: next.manifest.epoch, manifest: hashOf(next.manifest) };
    const request = { kind: "keys.change", payload };
    const asked = await call("request", "operator", { request, reason: "The yearly change." });
    const { id, hash } = asked;
    expect((await call("approve", "supervisor", { id, hash })).status).toBe("executed");
    await takenOver(next);
  });

  it("does not start again under an older manifest", async () => {
    const older = { ...members, manifest: { ...members.manifest, epoch: 2 } };
    const again = openNode("azul", older, {}, azul.database);
    await expect(again).rejects.toThrow(/has gone by a higher one already/);
  });
});
