import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createKeyRing, type KeyRing } from "./key-ring.ts";
import { generateSigningKey, type SigningKey } from "./keys.ts";
import {
  newMessageId,
  signRequest,
  signResponse,
  verifyRequest,
  verifyResponse,
} from "./message-signature.ts";

const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const request = { method: "POST", path: "/trpc/commit.prepare", body: '{"items":[1]}' };

let azul: SigningKey;
let verde: SigningKey;
let keys: KeyRing;

beforeAll(() => {
  azul = generateSigningKey();
  verde = generateSigningKey();
  keys = createKeyRing([
    { id: "azul", publicKeys: [azul] },
    { id: "verde", publicKeys: [verde] },
  ]);
});

const parties = () => ({
  sender: "azul",
  receiver: "verde",
  incarnation: 1,
  messageId: newMessageId(),
});
const atVerde = (nowMs = NOW) => ({ self: "verde", keys, nowMs });
const signed = (nowMs = NOW) => signRequest(request, parties(), { key: azul, nowMs });

describe("a request between banks", () => {
  it("is accepted from the bank that signed it", () => {
    const sent = parties();
    const headers = signRequest(request, sent, { key: azul, nowMs: NOW });
    expect(verifyRequest({ ...request, headers }, atVerde())).toEqual({
      ok: true,
      ...sent,
      keyId: azul.keyId,
      createdAtMs: NOW,
    });
  });

  it("is refused when any covered part differs", () => {
    const headers = signed();
    const codeOf = (change: object) => {
      const verdict = verifyRequest({ ...request, headers, ...change }, atVerde());
      return verdict.ok ? "accepted" : verdict.code;
    };
    expect(codeOf({})).toBe("accepted");
    expect(codeOf({ method: "PUT" })).toBe("signature-invalid");
    expect(codeOf({ path: "/trpc/commit.decide" })).toBe("signature-invalid");
    expect(codeOf({ body: '{"items":[2]}' })).toBe("digest-mismatch");
    const withHeader = (name: string, value: string) => ({
      headers: { ...headers, [name]: value },
    });
    expect(codeOf(withHeader("pacto-sender", "verde"))).toBe("unknown-key");
    expect(codeOf(withHeader("pacto-sender", "roxo"))).toBe("unknown-sender");
    expect(codeOf(withHeader("pacto-receiver", "azul"))).toBe("wrong-receiver");
    expect(codeOf(withHeader("pacto-message-id", newMessageId()))).toBe("signature-invalid");
    expect(codeOf(withHeader("signature", "pacto=:AAAA:"))).toBe("signature-malformed");
    expect(codeOf({ headers: {} })).toBe("signature-missing");
  });

  it("is refused when it was made more than a minute before or after now (R44)", () => {
    const verdictAt = (offsetMs: number) =>
      verifyRequest({ ...request, headers: signed(NOW + offsetMs) }, atVerde());
    expect(verdictAt(-60_000).ok).toBe(true);
    expect(verdictAt(60_000).ok).toBe(true);
    expect(verdictAt(-61_000)).toEqual({ ok: false, code: "clock-skew" });
    expect(verdictAt(61_000)).toEqual({ ok: false, code: "clock-skew" });
  });

  it("cannot choose its algorithm, its covered parts or its purpose", () => {
    const headers = signed();
    const input = String(headers["signature-input"]);
    for (const changed of [
      input.replace('alg="ed25519"', 'alg="hmac-sha256"'),
      input.replace(';alg="ed25519"', ""),
      input.replace('"content-digest" ', ""),
      input.replace('tag="pacto/1"', 'tag="other"'),
      `${input};expires=1`,
      `other=(), ${input}`,
    ]) {
      const verdict = verifyRequest(
        { ...request, headers: { ...headers, "signature-input": changed } },
        atVerde(),
      );
      expect(verdict).toEqual({ ok: false, code: "signature-malformed" });
    }
  });

  it("is refused when signed with a key that is no longer, or not yet, valid", () => {
    const headers = signed();
    const verdictWith = (bounds: { notBefore?: string; notAfter?: string }) =>
      verifyRequest(
        { ...request, headers },
        {
          ...atVerde(),
          keys: createKeyRing([{ id: "azul", publicKeys: [{ ...azul, ...bounds }] }]),
        },
      );
    expect(verdictWith({ notAfter: "2026-11-21T11:00:00.000Z" })).toMatchObject({
      code: "key-out-of-date",
    });
    expect(verdictWith({ notBefore: "2026-11-21T13:00:00.000Z" })).toMatchObject({
      code: "key-out-of-date",
    });
    expect(verdictWith({ notBefore: "2026-11-21T11:00:00.000Z" }).ok).toBe(true);
  });

  it("never makes the receiver throw, whatever its headers hold", () => {
    const headers = signed();
    const header = fc.oneof(
      fc.string(),
      fc.array(fc.string(), { maxLength: 2 }),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(headers)), header, (name, value) => {
        if (value === headers[name]) return;
        const verdict = verifyRequest(
          { ...request, headers: { ...headers, [name]: value } },
          atVerde(),
        );
        expect(verdict.ok).toBe(false);
      }),
    );
  });
});

describe("an answer between banks", () => {
  const atAzul = () => ({ self: "azul", keys, nowMs: NOW });

  function answered() {
    const { messageId } = parties();
    const response = { status: 200, body: '{"result":1}', request };
    const headers = signResponse(
      response,
      { sender: "verde", receiver: "azul", incarnation: 1, messageId },
      { key: verde, nowMs: NOW },
    );
    return { messageId, response: { ...response, headers } };
  }

  it("is accepted for the request that it answers, and for no other", () => {
    const { messageId, response } = answered();
    const expected = { sender: "verde", messageId };
    expect(verifyResponse(response, expected, atAzul()).ok).toBe(true);
    const codeOf = (changed: object, expecting = expected) => {
      const verdict = verifyResponse({ ...response, ...changed }, expecting, atAzul());
      return verdict.ok ? "accepted" : verdict.code;
    };
    expect(codeOf({ body: '{"result":2}' })).toBe("digest-mismatch");
    expect(codeOf({ status: 500 })).toBe("signature-invalid");
    expect(codeOf({ request: { ...request, body: '{"items":[2]}' } })).toBe("signature-invalid");
    expect(codeOf({ request: { ...request, path: "/trpc/x" } })).toBe("signature-invalid");
    expect(codeOf({}, { sender: "verde", messageId: newMessageId() })).toBe("wrong-message");
    expect(codeOf({}, { sender: "coral", messageId })).toBe("wrong-message");
  });

  it("is not taken for a request, nor a request for an answer", () => {
    const { response } = answered();
    const asRequest = verifyRequest(
      { ...request, headers: response.headers, body: response.body },
      atAzul(),
    );
    expect(asRequest).toEqual({ ok: false, code: "signature-malformed" });
  });
});
