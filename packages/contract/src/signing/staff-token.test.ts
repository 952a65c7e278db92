import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createKeyRing } from "./key-ring.ts";
import { generateSigningKey, type SigningKey } from "./keys.ts";
import { signStaffToken, type StaffClaims, verifyStaffToken } from "./staff-token.ts";

const NOW = Date.UTC(2026, 10, 30, 12);
const azul = generateSigningKey();
const verde = generateSigningKey();
const keys = createKeyRing([member("azul", azul), member("verde", verde)]);

function member(id: string, { keyId, publicKey }: SigningKey, times = {}) {
  return { id, publicKeys: [{ keyId, publicKey, ...times }] };
}

const teller: Pick<StaffClaims, "iss" | "aud" | "sub" | "name" | "roles" | "sid"> = {
  iss: "azul",
  aud: "verde",
  sub: "p1",
  name: "Ana",
  roles: ["teller"],
  sid: "s1",
};

function verdictOf(token: string, self = "verde", nowMs = NOW, ring = keys) {
  return verifyStaffToken(token, { self, keys: ring, nowMs });
}

/** A token by hand: what no library would sign. */
function forge(header: object, payload: object, signature: (input: string) => string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${signature(input)}`;
}

const header = { alg: "EdDSA", kid: azul.keyId, typ: "pacto-staff+jwt" };
const payload = { ...teller, jti: "12345678", iat: NOW / 1_000, exp: NOW / 1_000 + 180 };
const byAzul = (input: string) =>
  sign(null, Buffer.from(input), azul.privateKey).toString("base64url");

describe("a token of a bank for its staff", () => {
  it("tells the bank that it is for who acts, from where and as what", async () => {
    const token = await signStaffToken(teller, azul, { nowMs: NOW });
    expect(await verdictOf(token)).toMatchObject({ ok: true, claims: teller });
    expect(await verdictOf(forge(header, payload, byAzul))).toMatchObject({ ok: true });
  });

  it("is refused by every other bank, its own included", async () => {
    const token = await signStaffToken(teller, azul, { nowMs: NOW });
    expect(await verdictOf(token, "azul")).toEqual({ ok: false, code: "wrong-audience" });
  });

  it("dies after minutes, and cannot be made to live longer", async () => {
    const token = await signStaffToken(teller, azul, { nowMs: NOW });
    expect(await verdictOf(token, "verde", NOW + 179_000)).toMatchObject({ ok: true });
    expect(await verdictOf(token, "verde", NOW + 181_000)).toEqual({ ok: false, code: "expired" });
    const long = await signStaffToken(teller, azul, { nowMs: NOW, seconds: 3_600 });
    expect(await verdictOf(long)).toEqual({ ok: false, code: "too-long-lived" });
    const future = await signStaffToken(teller, azul, { nowMs: NOW + 3_600_000 });
    expect(await verdictOf(future)).toEqual({ ok: false, code: "too-long-lived" });
  });

  it("is refused without the issuer's own signature", async () => {
    const outcomes = [
      // Signed by another member, under its own key's id and under azul's.
      [await signStaffToken(teller, verde, { nowMs: NOW }), "unknown-key"],
      [
        await signStaffToken(teller, { ...verde, keyId: azul.keyId }, { nowMs: NOW }),
        "signature-invalid",
      ],
      [await signStaffToken({ ...teller, iss: "roxo" }, azul, { nowMs: NOW }), "unknown-bank"],
      [forge(header, { ...payload, roles: ["operator"] }, () => byAzul("x")), "signature-invalid"],
    ];
    for (const [token, code] of outcomes) {
      expect(await verdictOf(String(token))).toEqual({ ok: false, code });
    }
  });

  it("does not choose how it is verified", async () => {
    const none = forge({ ...header, alg: "none" }, payload, () => "");
    const hmac = forge({ ...header, alg: "HS256" }, payload, (input) =>
      createHmac("sha256", azul.publicKey).update(input).digest("base64url"),
    );
    const rsaKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const rsa = forge({ ...header, alg: "RS256" }, payload, (input) =>
      sign("sha256", Buffer.from(input), rsaKey).toString("base64url"),
    );
    for (const token of [none, hmac, rsa]) {
      expect(await verdictOf(token)).toEqual({ ok: false, code: "wrong-algorithm" });
    }
    const untyped = forge({ alg: "EdDSA", kid: azul.keyId }, payload, byAzul);
    expect(await verdictOf(untyped)).toEqual({ ok: false, code: "malformed" });
  });

  it("is refused when it lacks something or holds what nobody has", async () => {
    for (const change of [
      { sid: undefined },
      { jti: undefined },
      { exp: undefined },
      { sub: "" },
      { roles: ["owner"] },
      { name: "a\u0000b" },
    ]) {
      const token = forge(header, { ...payload, ...change }, byAzul);
      expect(await verdictOf(token)).toEqual({ ok: false, code: "malformed" });
    }
    for (const text of ["", "a.b", "a.b.c", "....", "x".repeat(5_000)]) {
      expect(await verdictOf(text)).toEqual({ ok: false, code: "malformed" });
    }
  });

  it("counts only while its key is valid, and as long as its bank is a member", async () => {
    const token = await signStaffToken(teller, azul, { nowMs: NOW });
    const times = { notAfter: "2026-11-30T11:00:00.000Z" };
    const old = createKeyRing([member("azul", azul, times), member("verde", verde)]);
    expect(await verdictOf(token, "verde", NOW, old)).toEqual({
      ok: false,
      code: "key-out-of-date",
    });
    const without = createKeyRing([member("verde", verde)]);
    expect(await verdictOf(token, "verde", NOW, without)).toEqual({
      ok: false,
      code: "unknown-bank",
    });
  });
});
