import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMerkleTree, leafHash, rootFromPath } from "./merkle.ts";

const sha256 = (...parts: Uint8Array[]) =>
  createHash("sha256").update(Buffer.concat(parts)).digest();

/** RFC 6962, 2.1, word for word: the oracle. */
function treeHash(leaves: readonly string[]): Buffer {
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) return sha256(Buffer.of(0), Buffer.from(only));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

const leafBytes = fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 70 });

describe("Merkle tree", () => {
  it("gives the root of RFC 6962 for every size", () => {
    fc.assert(
      fc.property(leafBytes, (bytes) => {
        const tree = buildMerkleTree(bytes.map((leaf) => leafHash(leaf)));
        expect(tree.root.equals(treeHash(bytes))).toBe(true);
      }),
    );
  });

  it("gives the known root of Certificate Transparency's eight test leaves", () => {
    const inputs = ["", "\u0000", "\u0010", " !", "01", "@ABC", "PQRSTUVW", "`abcdefghijklmno"];
    const tree = buildMerkleTree(inputs.map((text) => leafHash(text)));
    expect(tree.root.toString("hex")).toBe(
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    );
  });

  it("leads every leaf of every small tree to the root, and to it only from its place", () => {
    for (let size = 1; size <= 34; size += 1) {
      const leaves = Array.from({ length: size }, (_, index) => leafHash(`leaf ${index}`));
      const tree = buildMerkleTree(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const path = tree.pathOf(index);
        expect(rootFromPath(leaf, { size, index, path })).toEqual(tree.root);
        for (let other = 0; other < size; other += 1) {
          if (other === index) continue;
          const found = rootFromPath(leaf, { size, index: other, path });
          expect(found?.equals(tree.root) ?? false).toBe(false);
        }
      }
    }
  });

  it("refuses a path that is too long or too short", () => {
    const leaves = Array.from({ length: 6 }, (_, index) => leafHash(`leaf ${index}`));
    const tree = buildMerkleTree(leaves);
    const leaf = leaves[3] ?? Buffer.alloc(0);
    const path = tree.pathOf(3);
    expect(rootFromPath(leaf, { size: 6, index: 3, path: path.slice(1) })).toBeUndefined();
    expect(rootFromPath(leaf, { size: 6, index: 3, path: [...path, leaf] })).toBeUndefined();
    expect(rootFromPath(leaf, { size: 6, index: 6, path })).toBeUndefined();
    expect(rootFromPath(leaf, { size: 6, index: -1, path })).toBeUndefined();
    expect(() => buildMerkleTree([])).toThrow(RangeError);
  });
});
