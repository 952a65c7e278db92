import { sign as signBytes, verify as verifyBytes } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import type { KeyRing } from "./key-ring.ts";
import type { SigningKey } from "./keys.ts";
import { buildMerkleTree, leafHash, rootFromPath } from "./merkle.ts";
import { type Proof, proofSchema } from "./proof.ts";

/** What is signed under these words can be taken for nothing else that a bank ever signs. */
const DOMAIN = "pacto/1";

/** What signs: a bank's key, or a process that keeps it. */
export type Signer = Pick<SigningKey, "keyId" | "privateKey">;

/**
 * Signs all statements of one flush with a single signature: they are the leaves of a Merkle
 * tree, and each gets its own proof. A statement is a JSON object that names its kind.
 */
export function signStatements(statements: readonly object[], key: Signer): Proof[] {
  if (statements.length === 0) return [];
  const tree = buildMerkleTree(statements.map(leafOf));
  const signature = signBytes(null, signedBytes(tree.size, tree.root), key.privateKey);
  const encoded = signature.toString("base64url");
  return statements.map((_, index) => ({
    keyId: key.keyId,
    size: tree.size,
    index,
    path: tree.pathOf(index).map((node) => node.toString("base64url")),
    signature: encoded,
  }));
}

export interface Verifier {
  /** Whether `bank` made `statement`. Never throws, whatever it is given. */
  verify(statement: object, bank: string, proof: unknown): boolean;
}

const ROOTS_REMEMBERED = 10_000;

/**
 * Verifies statements against the members' keys. A root whose signature was found good is
 * remembered (the last 10,000), so a flush costs one curve operation and the rest are hashes.
 */
export function createVerifier(keys: KeyRing, rememberRoots = ROOTS_REMEMBERED): Verifier {
  const goodRoots = new Set<string>();

  function isRootSigned(bank: string, proof: Proof, root: Buffer): boolean {
    const key = keys.find(bank, proof.keyId);
    if (key === undefined) return false;
    const id = [bank, proof.keyId, proof.size, root.toString("base64url"), proof.signature].join();
    if (goodRoots.delete(id)) {
      goodRoots.add(id);
      return true;
    }
    const signature = Buffer.from(proof.signature, "base64url");
    if (!verifyBytes(null, signedBytes(proof.size, root), key.publicKey, signature)) return false;
    goodRoots.add(id);
    if (goodRoots.size > rememberRoots) forgetOldest(goodRoots);
    return true;
  }

  return {
    verify(statement, bank, candidate) {
      const parsed = proofSchema.safeParse(candidate);
      if (!parsed.success) return false;
      const proof = parsed.data;
      const path = proof.path.map((node) => Buffer.from(node, "base64url"));
      const leaf = tryLeafOf(statement);
      if (leaf === undefined) return false;
      const root = rootFromPath(leaf, { size: proof.size, index: proof.index, path });
      return root !== undefined && isRootSigned(bank, proof, root);
    },
  };
}

function leafOf(statement: object): Buffer {
  return leafHash(`${DOMAIN} statement\n${canonicalJson(statement)}`);
}

function tryLeafOf(statement: object): Buffer | undefined {
  try {
    return leafOf(statement);
  } catch {
    return undefined;
  }
}

function signedBytes(size: number, root: Buffer): Buffer {
  return Buffer.from(`${DOMAIN} statements\n${size}\n${root.toString("base64url")}`);
}

function forgetOldest(roots: Set<string>): void {
  for (const oldest of roots) {
    roots.delete(oldest);
    return;
  }
}
