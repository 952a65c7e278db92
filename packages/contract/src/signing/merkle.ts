import { hash } from "node:crypto";
import { TREE_SIZE_MAX } from "./proof.ts";

// RFC 6962, 2.1: different prefixes, so that a node can never pass for a leaf.
const LEAF_PREFIX = "\u0000";
const NODE_PREFIX = 0x01;
const HASH_BYTES = 32;

/** Leaves of one tree: far above any batch, far below what would be slow to verify. */

export function leafHash(text: string): Buffer {
  return hash("sha256", LEAF_PREFIX + text, "buffer");
}

// Reused by every call: hashing is synchronous, and this is the verifier's innermost loop.
const scratch = Buffer.alloc(1 + 2 * HASH_BYTES, NODE_PREFIX);

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  scratch.set(left, 1);
  scratch.set(right, 1 + HASH_BYTES);
  return hash("sha256", scratch, "buffer");
}

/** A Merkle tree as in RFC 6962: every level from the leaves up; the last level is the root. */
export interface MerkleTree {
  readonly size: number;
  readonly root: Buffer;
  /** The siblings from the leaf up, from which the root can be computed again. */
  pathOf(index: number): Buffer[];
}

/** Builds the tree over the given leaf hashes; there must be 1 to 65,536 of them. */
export function buildMerkleTree(leaves: readonly Buffer[]): MerkleTree {
  if (leaves.length === 0 || leaves.length > TREE_SIZE_MAX) {
    throw new RangeError(`a tree of ${leaves.length} leaves`);
  }
  const levels = [leaves];
  let top = leaves;
  while (top.length > 1) {
    top = raiseLevel(top);
    levels.push(top);
  }
  return {
    size: leaves.length,
    root: nodeAt(top, 0),
    pathOf: (index) => collectPath(levels, index),
  };
}

/** A last node without a sibling moves up as it is: the same tree as RFC 6962's recursion. */
function raiseLevel(level: readonly Buffer[]): Buffer[] {
  const raised: Buffer[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = nodeAt(level, index);
    const right = level[index + 1];
    raised.push(right === undefined ? left : nodeHash(left, right));
  }
  return raised;
}

function collectPath(levels: readonly (readonly Buffer[])[], leaf: number): Buffer[] {
  const path: Buffer[] = [];
  let index = leaf;
  for (const level of levels.slice(0, -1)) {
    const sibling = level[index % 2 === 0 ? index + 1 : index - 1];
    if (sibling !== undefined) path.push(sibling);
    index = Math.floor(index / 2);
  }
  return path;
}

function nodeAt(level: readonly Buffer[], index: number): Buffer {
  const node = level[index];
  if (node === undefined) throw new RangeError(`no node ${index}`);
  return node;
}

export interface Inclusion {
  readonly size: number;
  readonly index: number;
  readonly path: readonly Uint8Array[];
}

/**
 * The root that a leaf and its path lead to (RFC 9162, 2.1.3.2), or undefined when the path does
 * not fit a tree of that size.
 */
export function rootFromPath(leaf: Buffer, inclusion: Inclusion): Buffer | undefined {
  let position = inclusion.index;
  let last = inclusion.size - 1;
  if (position < 0 || position > last || inclusion.size > TREE_SIZE_MAX) return undefined;
  let root = leaf;
  for (const sibling of inclusion.path) {
    if (last === 0) return undefined;
    if (position % 2 === 1 || position === last) {
      root = nodeHash(sibling, root);
      // Up to where this node has a left sibling: it had moved up alone until there.
      while (position % 2 === 0 && position !== 0) {
        position >>= 1;
        last >>= 1;
      }
    } else {
      root = nodeHash(root, sibling);
    }
    position >>= 1;
    last >>= 1;
  }
  return last === 0 ? root : undefined;
}
