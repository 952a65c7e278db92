import type { Manifest } from "@pacto/contract";
import { createKeyRing, generateSigningKey, signStaffToken } from "@pacto/contract/signing";
import { describe, expect, it, vi } from "vitest";
import { grantedRoles } from "./granted-roles.ts";
import { createStaffTokens } from "./staff-tokens.ts";

const keys = { azul: generateSigningKey(), verde: generateSigningKey() };
type Bank = keyof typeof keys;

/** Two banks; `trust` is what verde grants. */
function manifestWith(trust: Manifest["members"][number]["trust"]): Manifest {
  const member = (id: Bank) => ({
    id,
    ispb: `0000000${id.length}`,
    name: id,
    colour: "#000000",
    mark: id.slice(0, 2),
    url: "",
    caps: {},
    trust: id === "verde" ? trust : [],
    publicKeys: [{ keyId: keys[id].keyId, publicKey: keys[id].publicKey }],
  });
  return {
    consortium: { id: "test", name: "Test" },
    locale: "pt-BR",
    epoch: 1,
    decider: { kind: "local" },
    signatures: [],
    members: [member("azul"), member("verde")],
  };
}

function verdeWith(trust: Manifest["members"][number]["trust"]) {
  const manifest = manifestWith(trust);
  const ring = createKeyRing(manifest.members);
  const find = vi.spyOn(ring, "find");
  const ended = new Set<string>();
  const refused: string[] = [];
  const clock = { nowMs: Date.UTC(2026, 10, 30) };
  const source = createStaffTokens({
    self: "verde",
    manifest: () => manifest,
    keys: ring,
    isEnded: (session) => ended.has(session),
    onRefused: (code) => refused.push(code),
    now: () => clock.nowMs,
  });
  const tokenOf = (iss: Bank, aud = "verde") =>
    signStaffToken(
      { iss, aud, sub: "p1", name: "Ana", roles: ["teller", "operator"], sid: "s1" },
      keys[iss],
      clock,
    );
  return { who: source, tokenOf, ended, refused, clock, find };
}

describe("staff at a bank", () => {
  it("keep their roles at home and have what the bank grants elsewhere", async () => {
    const { who, tokenOf } = verdeWith([{ bank: "*", roles: ["teller", "auditor"] }]);
    expect(await who(await tokenOf("verde"))).toMatchObject({ roles: ["teller", "operator"] });
    expect(await who(await tokenOf("azul"))).toMatchObject({
      id: "p1",
      homeBank: "azul",
      roles: ["teller"],
    });
  });

  it("have no role where the bank trusts nobody, and what is said of their own bank counts", () => {
    const rolesWith = (trust: Manifest["members"][number]["trust"]) =>
      grantedRoles(manifestWith(trust), {
        self: "verde",
        homeBank: "azul",
        roles: ["teller", "supervisor"],
      });
    expect(rolesWith([])).toEqual([]);
    expect(rolesWith([{ bank: "roxo", roles: ["teller"] }])).toEqual([]);
    const forAll = { bank: "*", roles: ["teller" as const] };
    expect(rolesWith([forAll, { bank: "azul", roles: [] }])).toEqual([]);
    expect(rolesWith([forAll, { bank: "azul", roles: ["supervisor"] }])).toEqual(["supervisor"]);
  });

  it("never administer the users of another bank", () => {
    const manifest = manifestWith([{ bank: "*", roles: ["teller", "user-admin"] }]);
    const roles = ["teller", "user-admin"] as const;
    expect(grantedRoles(manifest, { self: "verde", homeBank: "azul", roles })).toEqual(["teller"]);
    expect(grantedRoles(manifest, { self: "azul", homeBank: "azul", roles })).toEqual(roles);
  });

  it("are verified once for each token, however often and at once they ask", async () => {
    const { who, tokenOf, find } = verdeWith([]);
    const token = await tokenOf("verde");
    await Promise.all([who(token), who(token), who(token)]);
    const before = find.mock.calls.length;
    for (let again = 0; again < 10; again += 1) expect(await who(token)).toBeDefined();
    expect(find.mock.calls.length).toBe(before);
  });

  it("are out when the token expires, although it was remembered", async () => {
    const { who, tokenOf, clock } = verdeWith([]);
    const token = await tokenOf("verde");
    expect(await who(token)).toBeDefined();
    clock.nowMs += 180_001;
    expect(await who(token)).toBeUndefined();
  });

  it("are out at their own bank when their session ends", async () => {
    const { who, tokenOf, ended } = verdeWith([{ bank: "*", roles: ["teller"] }]);
    const [own, foreign] = [await tokenOf("verde"), await tokenOf("azul")];
    expect([await who(own), await who(foreign)]).toEqual([expect.anything(), expect.anything()]);
    ended.add("s1");
    expect(await who(own)).toBeUndefined();
    // Another bank's sessions are that bank's affair: its tokens live for minutes.
    expect(await who(foreign)).toBeDefined();
  });

  it("are told in the log, without the token, when they are refused", async () => {
    const { who, tokenOf, refused } = verdeWith([]);
    expect(await who(await tokenOf("azul", "azul"))).toBeUndefined();
    expect(await who("rubbish-rubbish-rubbish")).toBeUndefined();
    expect(refused).toEqual(["wrong-audience", "malformed"]);
  });
});
