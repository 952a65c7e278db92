import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generateSigningKey } from "../signing/keys.ts";
import { parseManifest } from "./parse.ts";
import type { Manifest } from "./schema.ts";
import { signManifest, verifyManifest } from "./signature.ts";

function signedByAll(): Manifest {
  const path = new URL("../../../../consortium/branches.json", import.meta.url);
  const template = parseManifest(readFileSync(path, "utf8"), "branches.json");
  const keys = template.members.map(({ id }) => ({ id, key: generateSigningKey() }));
  const members = template.members.map((member, index) => {
    const key = keys[index]?.key ?? generateSigningKey();
    return { ...member, publicKeys: [{ keyId: key.keyId, publicKey: key.publicKey }] };
  });
  const manifest = { ...template, members };
  return { ...manifest, signatures: keys.map(({ id, key }) => signManifest(manifest, id, key)) };
}

describe("a manifest's signatures", () => {
  it("hold when every member has signed, in whatever order", () => {
    const manifest = signedByAll();
    expect(verifyManifest(manifest)).toEqual([]);
    const reversed = { ...manifest, signatures: manifest.signatures.toReversed() };
    expect(verifyManifest(reversed)).toEqual([]);
  });

  it("miss a member that has not signed", () => {
    const manifest = signedByAll();
    const some = { ...manifest, signatures: manifest.signatures.slice(0, 1) };
    expect(verifyManifest(some)).toEqual(["texas has not signed the manifest."]);
  });

  it("notice any change, for every member", () => {
    const problems = verifyManifest({ ...signedByAll(), epoch: 2 });
    expect(problems).toHaveLength(2);
    expect(problems.join()).toContain("not of this manifest");
  });

  it("do not count when made with a key that the manifest does not give the member", () => {
    const manifest = signedByAll();
    const stranger = generateSigningKey();
    const forged = signManifest(manifest, "texas", stranger);
    const signatures = [...manifest.signatures.slice(0, 1), forged];
    expect(verifyManifest({ ...manifest, signatures }).join()).toContain(
      "not among its publicKeys",
    );
  });
});
