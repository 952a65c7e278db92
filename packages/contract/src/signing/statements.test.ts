import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createKeyRing, type KeyRing } from "./key-ring.ts";
import { generateSigningKey, type SigningKey } from "./keys.ts";
import { type Proof, proofSchema } from "./proof.ts";
import { createVerifier, signStatements } from "./statements.ts";

const vote = (transaction: string, word = "yes") => ({
  kind: "vote",
  transaction,
  hash: "h",
  bank: "azul",
  vote: word,
});
const votes = (count: number) => Array.from({ length: count }, (_, index) => vote(`t${index}`));

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

/** The text with one character replaced by another of the same alphabet. */
function withCharacterChanged(text: string, at: number): string {
  const index = at % text.length;
  const changed = text[index] === "A" ? "E" : "A";
  return text.slice(0, index) + changed + text.slice(index + 1);
}

describe("signed statements", () => {
  it("are each verified alone, with nothing but the proof and the bank's key", () => {
    for (const size of [1, 2, 3, 7, 64]) {
      const statements = votes(size);
      for (const [index, proof] of signStatements(statements, azul).entries()) {
        const verifier = createVerifier(keys);
        expect(verifier.verify(statements[index] ?? {}, "azul", proof)).toBe(true);
        expect(proofSchema.parse(JSON.parse(JSON.stringify(proof)))).toEqual(proof);
      }
    }
    expect(signStatements([], azul)).toEqual([]);
  });

  it("share one signature, which a verifier checks once", () => {
    const statements = votes(50);
    const proofs = signStatements(statements, azul);
    expect(new Set(proofs.map((proof) => proof.signature)).size).toBe(1);
    // From the second look-up on the key is a wrong one: only the first signature check can pass.
    const find = vi.fn<KeyRing["find"]>(() => keys.find("verde", verde.keyId));
    find.mockImplementationOnce((bank, id) => keys.find(bank, id));
    const verifier = createVerifier({ ...keys, find });
    for (const [index, proof] of proofs.entries()) {
      expect(verifier.verify(statements[index] ?? {}, "azul", proof)).toBe(true);
    }
  });

  it("prove nothing about another statement, another bank or another key", () => {
    const [first, second] = signStatements(votes(2), azul) as [Proof, Proof];
    const verifier = createVerifier(keys);
    expect(verifier.verify(vote("t0", "no"), "azul", first)).toBe(false);
    expect(verifier.verify(vote("t1"), "azul", first)).toBe(false);
    expect(verifier.verify(vote("t0"), "azul", second)).toBe(false);
    expect(verifier.verify(vote("t0"), "verde", first)).toBe(false);
    expect(verifier.verify(vote("t0"), "azul", { ...first, keyId: verde.keyId })).toBe(false);
    expect(verifier.verify(vote("t0"), "roxo", first)).toBe(false);
    expect(verifier.verify(vote("t0"), "azul", first)).toBe(true);
  });

  it("notice any change to a proof", () => {
    const verifier = createVerifier(keys);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom("keyId", "size", "index", "path", "signature", "extra"),
        (size, pick, at, field) => {
          const statements = votes(size);
          const index = pick % size;
          const proof = signStatements(statements, azul)[index] as Proof;
          const statement = statements[index] ?? {};
          expect(verifier.verify(statement, "azul", proof)).toBe(true);
          const changed: Record<string, unknown> = { ...proof };
          if (field === "keyId") changed["keyId"] = withCharacterChanged(proof.keyId, at);
          if (field === "signature") {
            changed["signature"] = withCharacterChanged(proof.signature, at);
          }
          if (field === "size") changed["size"] = size + 1 + (at % 5);
          if (field === "index") changed["index"] = (index + 1 + (at % 5)) % (size + 6);
          if (field === "path") changed["path"] = changePath(proof.path, at);
          if (field === "extra") changed["extra"] = 1;
          if (changed["index"] === index && field === "index") return;
          expect(verifier.verify(statement, "azul", changed)).toBe(false);
        },
      ),
    );
  });

  it("refuse whatever is no proof, without throwing", () => {
    const verifier = createVerifier(keys);
    fc.assert(
      fc.property(fc.anything(), (proof) => {
        expect(verifier.verify(vote("t"), "azul", proof)).toBe(false);
      }),
    );
    const [proof] = signStatements(votes(1), azul);
    expect(verifier.verify({ amount: 0.5 }, "azul", proof)).toBe(false);
  });

  it("stay verifiable when more roots came than are remembered", () => {
    const verifier = createVerifier(keys, 2);
    const signed = votes(5).map((statement) => ({
      statement,
      proof: signStatements([statement], azul)[0],
    }));
    for (const { statement, proof } of [...signed, ...signed]) {
      expect(verifier.verify(statement, "azul", proof)).toBe(true);
      expect(verifier.verify(vote("other"), "azul", proof)).toBe(false);
    }
  });
});

function changePath(path: readonly string[], at: number): string[] {
  if (path.length === 0 || at % 3 === 0) return [...path, "A".repeat(43)];
  if (at % 3 === 1) return path.slice(1);
  const index = at % path.length;
  return path.map((node, place) => (place === index ? withCharacterChanged(node, at) : node));
}
