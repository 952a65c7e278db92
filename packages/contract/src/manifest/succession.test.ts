import { describe, expect, it } from "vitest";
import { generateSigningKey, type SigningKey } from "../signing/keys.ts";
import type { Manifest, Member } from "./schema.ts";
import { signManifest } from "./signature.ts";
import { successionProblems } from "./succession.ts";

const IDS = ["azul", "verde", "coral"] as const;
const keys = new Map<string, SigningKey>(IDS.map((id) => [id, generateSigningKey()]));
const NOW_MS = Date.UTC(2026, 10, 30);

function keyOf(id: string): SigningKey {
  const key = keys.get(id) ?? generateSigningKey();
  keys.set(id, key);
  return key;
}

function member(id: string): Member {
  const { keyId, publicKey } = keyOf(id);
  return {
    id,
    ispb: "00000001",
    name: id,
    colour: "#000000",
    mark: "AA",
    url: "http://x",
    publicKeys: [{ keyId, publicKey }],
    trust: [],
    caps: {},
  };
}

const current = signed({
  consortium: { id: "test", name: "Test" },
  locale: "en",
  epoch: 4,
  decider: { kind: "local" },
  signatures: [],
  members: IDS.map(member),
});

/** With the signature of every member, by the keys that `by` gives or their first ones. */
function signed(manifest: Manifest, by: (id: string) => SigningKey = keyOf): Manifest {
  const unsigned = { ...manifest, signatures: [] };
  const signatures = manifest.members.map(({ id }) => signManifest(unsigned, id, by(id)));
  return { ...unsigned, signatures };
}

function after(changes: Partial<Manifest>, by?: (id: string) => SigningKey): string {
  const next = signed({ ...current, epoch: 5, ...changes }, by);
  return successionProblems(current, next, NOW_MS).join("\n");
}

const without = (id: string) => current.members.filter((one) => one.id !== id);
const formerCoral = [{ id: "coral", publicKeys: member("coral").publicKeys }];

describe("a manifest takes the place of another", () => {
  it("when it is newer and its members vouch for it: grants, a bank less, a bank more, a new key", () => {
    expect(after({})).toBe("");
    const trust = [{ bank: "*", roles: ["teller" as const] }];
    expect(after({ members: current.members.map((one) => ({ ...one, trust })) })).toBe("");
    expect(after({ members: without("coral"), former: formerCoral })).toBe("");
    expect(after({ members: [...current.members, member("roxo")] })).toBe("");
    const { keyId, publicKey } = generateSigningKey();
    const rotated = current.members.map((one) =>
      one.id === "azul"
        ? {
            ...one,
            publicKeys: [
              ...one.publicKeys.map((key) => ({ ...key, notAfter: "2026-12-01T00:00:00.000Z" })),
              { keyId, publicKey },
            ],
          }
        : one,
    );
    expect(after({ members: rotated })).toBe("");
  });

  it("not when it is older or as old, or of other banks", () => {
    expect(after({ epoch: 4 })).toContain("above 4");
    expect(after({ epoch: 3 })).toContain("above 4");
    expect(after({ consortium: { id: "other", name: "Other" } })).toContain("not of test");
  });

  it("not when a member signed with a key that nobody knew, or that is over", () => {
    const stranger = generateSigningKey();
    const { keyId, publicKey } = stranger;
    const members = current.members.map((one) =>
      one.id === "azul" ? { ...one, publicKeys: [...one.publicKeys, { keyId, publicKey }] } : one,
    );
    const bySelf = after({ members }, (id) => (id === "azul" ? stranger : keyOf(id)));
    expect(bySelf).toBe("azul has not signed it with a key that is known and in force.");
    const over = current.members.map((one) => ({
      ...one,
      publicKeys: one.publicKeys.map((key) => ({ ...key, notAfter: "2026-11-01T00:00:00.000Z" })),
    }));
    const next = signed({ ...current, epoch: 5 });
    const problems = successionProblems({ ...current, members: over }, next, NOW_MS);
    expect(problems).toHaveLength(3);
  });

  it("not when a key or a bank that left is forgotten, or a key became another", () => {
    expect(after({ members: without("coral") })).toContain("former: coral is missing");
    const other = generateSigningKey();
    const emptied = {
      id: "coral",
      publicKeys: [{ keyId: "other-key", publicKey: other.publicKey }],
    };
    expect(after({ members: without("coral"), former: [emptied] })).toContain("past keys stay");
    const swapped = current.members.map((one) =>
      one.id === "verde"
        ? {
            ...one,
            publicKeys: one.publicKeys.map((key) => ({ ...key, publicKey: other.publicKey })),
          }
        : one,
    );
    expect(after({ members: swapped })).toContain("past keys stay");
  });

  it("not when two banks come or go at once: two majorities might share no bank", () => {
    expect(
      after({ members: [...without("coral"), member("roxo")], former: formerCoral }),
    ).toContain("one bank at a time");
  });

  it("not when it changes the authorities, which banks read as they start", () => {
    expect(after({ authorities: ["x"] })).toContain("restart the banks");
  });
});
